import { tellsWhatRbacDecides } from './__testUtils__/cases/access';
import { keepsCatalogFilesAtHome } from './__testUtils__/cases/catalogFiles';
import { countsWhatIsSeen } from './__testUtils__/cases/counts';
import { forgetsAGroupThatWasLeft } from './__testUtils__/cases/membership';
import {
  givesNothingToAnybodyElse,
  knowsEveryRoute,
  showsAcmeToItsDeveloper,
} from './__testUtils__/cases/routes';
import { sendsSignalsToTheirPeopleOnly } from './__testUtils__/cases/signals';
import {
  keepsScheduledTasksToAdministrators,
  letsAdministratorsCancelButNotRetry,
  showsAdministratorsTheTasksOfTheirPeople,
  showsNoTaskOfAColleague,
} from './__testUtils__/cases/tasks';
import { useStage } from './__testUtils__/stage';

jest.setTimeout(600_000);

// One portal for all cases: starting it takes longer than most of them.
describe('isolation of organisations', () => {
  const stage = useStage();

  it('knows every route of every plugin', () => knowsEveryRoute(stage));

  it('shows Acme’s things to Acme’s developer', () =>
    showsAcmeToItsDeveloper(stage));

  it('gives nothing of Acme to anybody else, on any route', () =>
    givesNothingToAnybodyElse(stage));

  it.each(['hugo', 'gina'] as const)(
    'counts for %s what they can see, and no more',
    name => countsWhatIsSeen(stage, name),
  );

  it.each([
    ['admin', 'user:default/priya'],
    ['bob', 'user:default/bob'],
    ['gina', 'user:default/gina'],
  ] as const)('tells %s what they may do as RBAC decides it', (name, ref) =>
    tellsWhatRbacDecides(stage, name, ref),
  );

  it('shows an organisation’s administrators the tasks of their people, page by page', () =>
    showsAdministratorsTheTasksOfTheirPeople(stage));

  it('lets them cancel those, and retry none that would run with their rights', () =>
    letsAdministratorsCancelButNotRetry(stage));

  it('shows a developer no task of a colleague or an administrator', () =>
    showsNoTaskOfAColleague(stage));

  it('lets nobody but administrators see, start or stop scheduled tasks', () =>
    keepsScheduledTasksToAdministrators(stage));

  it('reads no other repository and writes into no other catalog for what somebody has in a catalog file', () =>
    keepsCatalogFilesAtHome(stage));

  it('sends signals about Acme’s things to Acme’s people only', () =>
    sendsSignalsToTheirPeopleOnly(stage));

  // The last one: it changes who belongs where.
  it('counts a group no longer once somebody has left it, whatever their token claims', () =>
    forgetsAGroupThatWasLeft(stage));
});
