"""From raw files to checked tables: SQL models on DuckDB, and what is read from them."""
