#!/bin/sh
# After an edit of a model or a check, tells Claude what can no longer be built; after one of Python,
# what ruff finds. Exit code 2 hands what is on standard error back to Claude.
file=$(python3 -c 'import json,sys; print(json.load(sys.stdin).get("tool_input",{}).get("file_path",""))')
cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0
[ -x .venv/bin/python ] || exit 0
case "$file" in
  *.sql) output=$(.venv/bin/python -m analysis plan 2>&1) && exit 0 ;;
  *.py) output=$(.venv/bin/ruff check --quiet "$file" 2>&1) && exit 0 ;;
  *) exit 0 ;;
esac
echo "$output" | head -40 >&2
exit 2
