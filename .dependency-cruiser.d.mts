import type { IFlattenedRuleSet } from 'dependency-cruiser';

/** The laws of imports, for dependency-cruiser's command and for the tests. */
declare const configuration: {
  readonly forbidden: NonNullable<IFlattenedRuleSet['forbidden']>;
  readonly options: {
    readonly doNotFollow: { readonly path: string };
    readonly tsPreCompilationDeps: true;
    readonly enhancedResolveOptions: Readonly<Record<string, string[]>>;
  };
};
export default configuration;
