import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import { PageLayout } from './PageLayout';

const tabs = [
  { id: 'runs', label: 'Runs', href: '/provisioning/runs' },
  { id: 'people', label: 'People', href: '/provisioning/people' },
];

function show(path: string, noHeader = false) {
  renderInTestApp(
    <PageLayout title="Provisioning" tabs={tabs} noHeader={noHeader}>
      <p>What there is</p>
    </PageLayout>,
    {
      initialRouteEntries: [path],
      config: { app: { title: 'Formulary' } },
    },
  );
}

describe('PageLayout', () => {
  it('has what the page shows in the main landmark, below its heading', async () => {
    show('/provisioning/runs');
    const main = await screen.findByRole('main');
    expect(within(main).getByText('What there is')).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Provisioning' }),
    ).toBeInTheDocument();
  });

  it('names the document by the open tab, the page and the portal', async () => {
    show('/provisioning/people/and/more');
    await waitFor(() =>
      expect(document.title).toBe('People | Provisioning | Formulary'),
    );
  });

  it('keeps the name against others who put an old one back', async () => {
    show('/provisioning/runs');
    await waitFor(() => expect(document.title).toMatch(/^Runs/));
    document.title = 'Formulary';
    await waitFor(() =>
      expect(document.title).toBe('Runs | Provisioning | Formulary'),
    );
  });

  it('names the document of a page that brings its own header, too', async () => {
    show('/elsewhere', true);
    await waitFor(() =>
      expect(document.title).toBe('Provisioning | Formulary'),
    );
    expect(screen.queryByRole('heading', { level: 1 })).toBeNull();
  });

  it('leaves the landmark of an entity to its page', async () => {
    show('/catalog/default/component/comet');
    expect(await screen.findByText('What there is')).toBeVisible();
    expect(screen.queryByRole('main')).toBeNull();
  });
});
