import { toolEnvironment } from './environment';

test('tools see what they need and no tokens', () => {
  const outer = {
    HOME: '/home/ada',
    PATH: '/usr/bin',
    JUPYTERHUB_API_TOKEN: 'secret',
    AWS_SECRET_ACCESS_KEY: 'secret',
    EDITOR: 'vi'
  };
  const env = toolEnvironment(outer, '/env/bin');
  expect(env).toMatchObject({ HOME: '/home/ada', PATH: '/env/bin:/usr/bin', GIT_TERMINAL_PROMPT: '0' });
  expect(Object.values(env)).not.toContain('secret');
  expect(env).not.toHaveProperty('EDITOR');
});

test('tools are never looked for in the folder they work in', () => {
  expect(toolEnvironment({ PATH: ':/usr/bin:.:bin::/bin:' }, '/env/bin')['PATH']).toBe('/env/bin:/usr/bin:/bin');
});

test('git-annex can commit to its own branch for users who told git nothing', () => {
  expect(toolEnvironment({}, undefined)['EMAIL']).toMatch(/^.+@localhost$/);
  expect(toolEnvironment({ EMAIL: 'ada@example.org' }, undefined)['EMAIL']).toBe('ada@example.org');
});
