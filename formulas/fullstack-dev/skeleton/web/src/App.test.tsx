import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { App } from './App';

function answer(...bodies: Array<{ status?: number; body?: unknown }>) {
  const fetch = vi.fn();
  for (const { status = 200, body } of bodies) {
    fetch.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));
  }
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

describe('App', () => {
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('says that there is nothing to do', async () => {
    answer({ body: [] });
    render(<App />);
    expect(await screen.findByText('Nothing to do yet.')).toBeDefined();
  });

  it('adds a task and empties the field', async () => {
    const fetch = answer(
      { body: [] },
      { status: 201, body: { id: '1', title: 'Write code', done: false } },
    );
    render(<App />);
    await screen.findByText('Nothing to do yet.');
    await userEvent.type(screen.getByLabelText('New task'), 'Write code{enter}');
    expect(await screen.findByRole('checkbox', { name: 'Write code' })).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('New task').value).toBe('');
    expect(fetch.mock.calls[1]?.[1].body).toBe('{"title":"Write code"}');
  });

  it('marks a task as done', async () => {
    answer(
      { body: [{ id: '1', title: 'Write code', done: false }] },
      { body: { id: '1', title: 'Write code', done: true } },
    );
    render(<App />);
    await userEvent.click(await screen.findByRole('checkbox'));
    expect(
      await screen.findByRole('checkbox', { name: 'Write code', checked: true }),
    ).toBeDefined();
  });

  it('shows what went wrong', async () => {
    answer({ status: 503 });
    render(<App />);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe('The server answered with 503. Try again.');
  });
});
