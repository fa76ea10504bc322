#!/bin/sh
# After an edit of Python, tells Claude what ruff finds in that file.
# Exit code 2 hands what is on standard error back to Claude.
file=$(python3 -c 'import json,sys; print(json.load(sys.stdin).get("tool_input",{}).get("file_path",""))')
case "$file" in
  *.py) ;;
  *) exit 0 ;;
esac
cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0
[ -x .venv/bin/ruff ] || exit 0
output=$(.venv/bin/ruff check --quiet "$file" 2>&1) && exit 0
echo "$output" | head -40 >&2
exit 2
