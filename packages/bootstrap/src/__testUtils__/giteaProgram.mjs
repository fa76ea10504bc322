// Stands in for the program `gitea`: hands its arguments to the fake server, prints what that answers.
const [, , url, ...args] = process.argv;
const response = await fetch(`${url}/program`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(args),
});
const text = await response.text();
if (response.ok) {
  process.stdout.write(text);
} else {
  process.stderr.write(text);
  process.exitCode = 1;
}
