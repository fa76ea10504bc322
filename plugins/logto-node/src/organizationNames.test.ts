import { organizationNames } from './organizationNames';

describe('organizationNames', () => {
  const older = { id: 'o1', name: 'Acme Labs', createdAt: 1 };

  it('replaces what a name may not hold', () => {
    expect(organizationNames([older]).get('o1')).toBe('Acme-Labs');
  });

  it.each([['Acme Labs'], ['acme-labs'], ['ACME/LABS']])(
    'gives the name to the oldest, and %s the mark of its id',
    name => {
      const names = organizationNames([
        { id: 'o2', name, createdAt: 2 },
        older,
      ]);
      expect(names.get('o1')).toBe('Acme-Labs');
      expect(names.get('o2')).toMatch(/^acme-labs-[0-9a-f]{8}$/i);
    },
  );
});
