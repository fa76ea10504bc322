import { Precedence } from './Precedence';

describe('Precedence', () => {
  const never = new Promise<void>(() => {});

  it('holds up nobody while nothing goes before', async () => {
    await expect(new Precedence().passed(1_000_000)).resolves.toBeUndefined();
  });

  it('lets others go on when the last that goes before has ended, even badly', async () => {
    const precedence = new Precedence();
    const order: string[] = [];
    let fail: (reason: Error) => void = () => {};
    const failing = precedence.first(
      () => new Promise<void>((_resolve, reject) => (fail = reject)),
    );
    const passed = precedence
      .passed(1_000_000)
      .then(() => order.push('passed'));
    await precedence.first(async () => order.push('first'));
    fail(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    await passed;
    expect(order).toEqual(['first', 'passed']);
  });

  it('holds others up between two that go before soon after each other', async () => {
    const precedence = new Precedence();
    let passed = false;
    await precedence.first(async () => {});
    const others = precedence.passed(1_000_000).then(() => {
      passed = true;
    });
    await precedence.first(async () => {});
    expect(passed).toBe(false);
    await others;
  });

  it('lets others go on after a time', async () => {
    const precedence = new Precedence();
    void precedence.first(() => never);
    await expect(precedence.passed(1)).resolves.toBeUndefined();
  });
});
