import * as v from 'valibot';

/** Who commits are made by, as git's configuration says; null where it says nothing. */
export const Person = v.object({ name: v.nullable(v.string()), email: v.nullable(v.string()) });
export type Person = v.InferOutput<typeof Person>;

/** git-annex writes the user's login name as e-mail address into a new dataset whose maker git does not know. */
export function isMadeUp(email: string): boolean {
  return !email.includes('@');
}

/** Whether these name somebody who may be written into a commit. */
export function isSomebody({ name, email }: Person): boolean {
  return name !== null && email !== null && !isMadeUp(email);
}
