"""What the secretariat looks at: charts, the digest, exports."""
