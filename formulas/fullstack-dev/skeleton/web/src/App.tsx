import { useEffect, useState } from 'react';
import { addTask, listTasks, setDone, type Task } from './api';

export function App() {
  const [tasks, setTasks] = useState<Task[]>();
  const [title, setTitle] = useState('');
  const [error, setError] = useState<string>();

  function attempt(work: Promise<void>) {
    setError(undefined);
    work.catch((reason: unknown) =>
      setError(reason instanceof Error ? reason.message : String(reason)),
    );
  }

  useEffect(() => attempt(listTasks().then(setTasks)), []);

  async function add() {
    const created = await addTask(title);
    setTasks((current = []) => [...current, created]);
    setTitle('');
  }

  async function toggle(task: Task) {
    const changed = await setDone(task.id, !task.done);
    setTasks(current => current?.map(other => (other.id === changed.id ? changed : other)));
  }

  return (
    <main>
      <h1>${{ values.name }}</h1>
      <form
        onSubmit={event => {
          event.preventDefault();
          attempt(add());
        }}
      >
        <label htmlFor="title">New task</label>
        <input
          id="title"
          value={title}
          maxLength={200}
          required
          onChange={event => setTitle(event.target.value)}
        />
        <button type="submit" disabled={!title.trim()}>
          Add
        </button>
      </form>
      {error && <p role="alert">{error}</p>}
      {!tasks && !error && <p role="status">Loading …</p>}
      {tasks?.length === 0 && <p>Nothing to do yet.</p>}
      <ul>
        {tasks?.map(task => (
          <li key={task.id}>
            <label>
              <input
                type="checkbox"
                checked={task.done}
                onChange={() => attempt(toggle(task))}
              />
              <span>{task.title}</span>
            </label>
          </li>
        ))}
      </ul>
    </main>
  );
}
