import { terminalEnvironment, toolEnvironment } from './environment';

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

test('programs of the user see what a terminal would, and no tokens', () => {
  const outer = {
    PATH: '/usr/bin:.',
    EDITOR: 'vi',
    CONDA_PREFIX: '/conda',
    JUPYTERHUB_USER: 'ada',
    MY_API_KEY: 'secret',
    JPY_X: 'secret'
  };
  const env = terminalEnvironment(outer, '/env/bin');
  expect(env).toMatchObject({ EDITOR: 'vi', CONDA_PREFIX: '/conda', PATH: '/env/bin:/usr/bin' });
  expect(Object.values(env)).not.toContain('secret');
  expect(env).not.toHaveProperty('JUPYTERHUB_USER');
  expect(env).toHaveProperty('DATALAD_LAB_RECORDED');
});
