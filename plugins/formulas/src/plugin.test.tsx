import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type {
  FormulaBundle,
  FormulasApi,
} from '@formulary/plugin-formulas-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { formulasApiRef } from './api/formulasApi';
import { formulasPlugin } from './plugin';
import { testFormula } from './testing/testFormula';

const formulas = [
  testFormula('fullstack-dev', {
    metadata: { title: 'Full-stack development', tags: ['react'] },
    spec: {
      promise: 'A running web application.',
      hardware: { cpu: 2, memoryGb: 4, diskGb: 10 },
      whatYouGet: ['A private repository'],
    },
  }),
  testFormula('ml-research', {
    metadata: { title: 'ML research' },
    spec: {
      category: 'machine-learning',
      difficulty: 'advanced',
      hardware: { cpu: 8, memoryGb: 64, diskGb: 200, gpu: 'NVIDIA T4' },
    },
  }),
];

const bundle: FormulaBundle = {
  readme:
    '# Full-stack development\n\n## How it works\n\n[Site](https://example.com) [file](./x.md) <script>alert(1)</script>\n',
  claude: {
    skills: [{ name: 'add-endpoint', description: 'Adds an endpoint' }],
    agents: [{ name: 'reviewer', description: 'Reviews' }],
    mcpServers: [{ name: 'playwright', transport: 'stdio' }],
  },
  problems: [],
};

const scaffolderRoute = createRouteRef();
const scaffolder = createFrontendPlugin({
  pluginId: 'scaffolder',
  routes: {
    root: scaffolderRoute,
    selectedTemplate: createSubRouteRef({
      parent: scaffolderRoute,
      path: '/templates/:namespace/:templateName',
    }),
  },
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/create',
        routeRef: scaffolderRoute,
        loader: async () => <p>The form</p>,
      },
    }),
  ],
});

function render(
  path: string,
  options: {
    catalogApi?: ReturnType<typeof catalogApiMock>;
    formulasApi?: Partial<FormulasApi>;
  } = {},
) {
  const formulasApi = { getBundle: async () => bundle, ...options.formulasApi };
  return renderTestApp({
    features: [formulasPlugin, scaffolder],
    initialRouteEntries: [path],
    apis: [
      [
        catalogApiRef,
        options.catalogApi ?? catalogApiMock({ entities: formulas }),
      ],
      [formulasApiRef, formulasApi],
    ],
  });
}

const cards = () =>
  within(screen.getByRole('list', { name: 'Formulas' })).getAllByRole(
    'article',
  );

describe('the marketplace', () => {
  it('shows a card for each formula with promise, tags, hardware and difficulty', async () => {
    render('/formulas');
    await screen.findByText('2 formulas');
    const [first, second] = cards();
    expect(first).toHaveTextContent('Full-stack development');
    expect(first).toHaveTextContent('A running web application.');
    expect(first).toHaveTextContent('react');
    expect(first).toHaveTextContent('2 cores · 4 GB memory · 10 GB disk');
    expect(first).toHaveTextContent('Beginner');
    expect(second).toHaveTextContent('NVIDIA T4');
    expect(
      within(first).getByRole('link', {
        name: 'Full-stack development: A running web application.',
      }),
    ).toHaveAttribute('href', '/formulas/default/fullstack-dev');
  });

  it('searches as one types, and clears again', async () => {
    render('/formulas');
    await screen.findByText('2 formulas');
    const search = screen.getByRole('searchbox', { name: 'Search formulas' });
    await userEvent.type(search, 'research');
    expect(await screen.findByText('1 formula')).toBeInTheDocument();
    expect(cards()[0]).toHaveTextContent('ML research');

    await userEvent.type(search, ' nothing');
    await screen.findByText('No formula fits');
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all formulas' }),
    );
    expect(await screen.findByText('2 formulas')).toBeInTheDocument();
    expect(search).toHaveValue('');
  });

  it('narrows by category', async () => {
    render('/formulas');
    await screen.findByText('2 formulas');
    await userEvent.click(screen.getByRole('button', { name: /Category/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Machine learning' }),
    );
    expect(await screen.findByText('1 formula')).toBeInTheDocument();
  });

  it('shows what its address asks for', async () => {
    render('/formulas?q=full&category=full-stack');
    expect(await screen.findByText('1 formula')).toBeInTheDocument();
  });

  it('takes the room of the cards while loading', async () => {
    const catalogApi = catalogApiMock({ entities: [] });
    catalogApi.queryEntities = () => new Promise(() => {});
    render('/formulas', { catalogApi });
    expect(await screen.findByTestId('formulas-loading')).toBeInTheDocument();
  });

  it('says when there are none', async () => {
    render('/formulas', { catalogApi: catalogApiMock({ entities: [] }) });
    expect(
      await screen.findByText('There are no formulas yet'),
    ).toBeInTheDocument();
  });

  it('says when loading fails, and tries again', async () => {
    const catalogApi = catalogApiMock({ entities: formulas });
    const { queryEntities } = catalogApi;
    catalogApi.queryEntities = async () => {
      throw new Error('The catalog is down');
    };
    render('/formulas', { catalogApi });
    expect(await screen.findByText('The catalog is down')).toBeInTheDocument();
    catalogApi.queryEntities = queryEntities.bind(catalogApi);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('2 formulas')).toBeInTheDocument();
  });
});

describe('the page of a formula', () => {
  it('shows what one gets, hardware, software, README and Claude Code', async () => {
    render('/formulas/default/fullstack-dev');
    await screen.findByRole('heading', { name: 'How it works' });
    expect(screen.getByText('A private repository')).toBeInTheDocument();
    expect(
      screen.getByText('2 cores · 4 GB memory · 10 GB disk'),
    ).toBeInTheDocument();
    expect(screen.getByText('Node.js')).toBeInTheDocument();
    expect(screen.getByText('1.2.3')).toBeInTheDocument();
    for (const name of ['add-endpoint', 'reviewer', 'playwright']) {
      expect(screen.getByText(name)).toBeInTheDocument();
    }
  });

  it('leads to the form of its template', async () => {
    render('/formulas/default/fullstack-dev');
    expect(
      await screen.findByRole('link', { name: 'Use this formula' }),
    ).toHaveAttribute('href', '/create/templates/default/fullstack-dev');
  });

  it('renders no HTML of a README and no links that lead nowhere', async () => {
    const { container } = render('/formulas/default/fullstack-dev');
    expect(await screen.findByRole('link', { name: 'Site' })).toHaveAttribute(
      'href',
      'https://example.com',
    );
    expect(screen.queryByRole('link', { name: 'file' })).toBeNull();
    expect(container.querySelector('script')).toBeNull();
  });

  it('stays useful when the README cannot be read, and tries again', async () => {
    const getBundle = jest
      .fn()
      .mockRejectedValueOnce(new Error('The repository cannot be read'))
      .mockResolvedValueOnce(bundle);
    render('/formulas/default/fullstack-dev', { formulasApi: { getBundle } });
    await screen.findByText('The repository cannot be read');
    expect(
      screen.getByRole('link', { name: 'Use this formula' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'How it works' }),
    ).toBeInTheDocument();
  });

  it('names files that were left out', async () => {
    render('/formulas/default/fullstack-dev', {
      formulasApi: {
        getBundle: async () => ({
          ...bundle,
          problems: [
            { path: 'coder-template/.mcp.json', message: 'Not JSON.' },
          ],
        }),
      },
    });
    expect(
      await screen.findByText('coder-template/.mcp.json: Not JSON.'),
    ).toBeInTheDocument();
  });

  it('says when there is no such formula and leads back', async () => {
    render('/formulas/default/gone');
    expect(
      await screen.findByText(
        'There is no formula "gone", or you may not see it.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All formulas' })).toHaveAttribute(
      'href',
      '/formulas',
    );
  });

  it('opens from its card', async () => {
    render('/formulas');
    await screen.findByText('2 formulas');
    await userEvent.click(within(cards()[1]).getByRole('link'));
    await waitFor(() =>
      expect(
        screen.getByRole('heading', { level: 2, name: 'ML research' }),
      ).toBeInTheDocument(),
    );
  });
});
