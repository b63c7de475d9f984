// By itself, so that the scan's thread starts without everything that a root is read with.

/** The folder under a root that holds the marker, partial files, the manifest and `replaced/` (architecture §3). */
export const WORK_FOLDER = '.crateful';
/** Where files go that the plan replaced; relative to the root. */
export const REPLACED_FOLDER = `${WORK_FOLDER}/replaced`;
