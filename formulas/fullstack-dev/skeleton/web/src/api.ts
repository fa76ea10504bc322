export interface Task {
  id: string;
  title: string;
  done: boolean;
}

async function call(path: string, method: string, body?: object): Promise<Response> {
  const response = await fetch(`/api${path}`, {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) {
    throw new Error(`The server answered with ${response.status}. Try again.`);
  }
  return response;
}

export async function listTasks(): Promise<Task[]> {
  return (await call('/tasks', 'GET')).json();
}

export async function addTask(title: string): Promise<Task> {
  return (await call('/tasks', 'POST', { title })).json();
}

export async function setDone(id: string, done: boolean): Promise<Task> {
  return (await call(`/tasks/${id}`, 'PATCH', { done })).json();
}
