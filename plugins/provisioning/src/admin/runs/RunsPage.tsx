import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { RunPage } from './RunPage';
import { RunsTable } from './RunsTable';

/** Runs, and below them each one's page. */
export const RunsPage = () => (
  <Routes>
    <Route path="/" element={<RunsTable />} />
    <Route path="/:id" element={<RunPage />} />
    <Route path="*" element={<NotFoundErrorPage />} />
  </Routes>
);
