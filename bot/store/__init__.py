"""The database: what was looked at, taken, read, decided and written, in tables of one kind.

`bot.store.store.open_store(url)` opens it; `store.transaction()` is one unit of work, whose nouns
(`tx.messages`, `tx.replies`, `tx.letters`, ...) answer the questions that the rest of the program
asks. What they return are frozen values; no table and no row leaves this package. A database error
leaves it as `StoreError` only. SQLite and PostgreSQL are used by the same statements.
"""
