#!/bin/sh
# Records of runs are evidence: they come from experiments, never from an editor.
# Exit code 2 refuses the edit and hands what is on standard error back to Claude.
file=$(python3 -c 'import json,sys; i=json.load(sys.stdin).get("tool_input",{}); print(i.get("file_path") or i.get("notebook_path") or "")')
case "$file" in
  runs/* | "${CLAUDE_PROJECT_DIR:-$PWD}"/runs/*)
    echo "$file is a record of a run and is never edited. Run the experiment again: python -m research run CONFIG." >&2
    exit 2
    ;;
esac
