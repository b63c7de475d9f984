/** Types of `build.mjs` for the tests' set-up. */
export function build(env: NodeJS.ProcessEnv): Promise<void>;
