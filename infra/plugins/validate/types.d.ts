/** A key that a yml file declares, and the file. */
export type Declared = [key: string, file: string];

/** Adds a problem to the report. */
export type Add = (file: string, message: string) => void;
