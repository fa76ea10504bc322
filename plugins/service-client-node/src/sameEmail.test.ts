import { sameEmail } from './sameEmail';

describe('sameEmail', () => {
  it.each([
    ['alice@acme.example', 'Alice@ACME.example', true],
    ['alice@acme.example', 'alice+work@acme.example', false],
    ['al.ice@acme.example', 'alice@acme.example', false],
    // A Kelvin sign, which Unicode lowers to k.
    ['frank@acme.example', 'fran\u212a@acme.example', false],
    ['iris@acme.example', '\u0130ris@acme.example', false],
    ['alice@acme.example', 'alice@acme.example ', false],
  ])('of %j and %j is %j', (one, other, same) => {
    expect(sameEmail(one, other)).toBe(same);
  });
});
