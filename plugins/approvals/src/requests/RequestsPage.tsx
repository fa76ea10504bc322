import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { RequestPage } from '../request/RequestPage';
import { RequestsTable, type View } from './RequestsTable';

/** Requests, and below them each one's page. */
export const RequestsPage = ({ view }: { view: View }) => (
  <Routes>
    <Route path="/" element={<RequestsTable view={view} />} />
    <Route path="/:id" element={<RequestPage view={view} />} />
    <Route path="*" element={<NotFoundErrorPage />} />
  </Routes>
);
