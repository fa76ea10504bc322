import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { FormulaPage } from './detail/FormulaPage';
import { MarketplacePage } from './marketplace/MarketplacePage';
import { formulaRouteRef } from './routes';

/** The pages under the marketplace's address. */
export const FormulasRouter = () => (
  <Routes>
    <Route path="/" element={<MarketplacePage />} />
    <Route path={formulaRouteRef.path} element={<FormulaPage />} />
    <Route path="*" element={<NotFoundErrorPage />} />
  </Routes>
);
