#!/bin/sh
# After an edit of TypeScript, tells Claude what no longer compiles.
# Exit code 2 hands what is on standard error back to Claude.
file=$(node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>console.log(JSON.parse(s).tool_input?.file_path??""))')
case "$file" in
  *.ts | *.tsx) ;;
  *) exit 0 ;;
esac
cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0
[ -f package.json ] || exit 0
output=$(npm run --silent typecheck 2>&1) && exit 0
echo "$output" | head -40 >&2
exit 2
