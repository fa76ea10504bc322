#!/bin/sh
# At the start of a session, tells Claude which tables there are and what the last checks found.
# What is on standard output becomes part of the conversation.
cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0
[ -x .venv/bin/python ] && [ -f "${ANALYSIS_DATA:-data}/warehouse.duckdb" ] || exit 0
echo 'Tables of the warehouse, with their columns:'
.venv/bin/python -m analysis query "
  select table_schema || '.' || table_name as name, string_agg(column_name, ', ' order by ordinal_position) as columns
  from information_schema.columns where table_schema in ('staging', 'marts') group by all order by all" 2>&1
echo 'What the checks find:'
.venv/bin/python -m analysis check 2>&1 | cut -c 1-200
exit 0
