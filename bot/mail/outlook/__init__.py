"""Messages as Outlook keeps them (MS-OXMSG) and sends them (MS-OXTNEF), brought back to MIME."""
