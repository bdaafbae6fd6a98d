/** Labels of the runs that the classroom starts, by which lists tell them from the reader's own. */
export const CLASSROOM_LABELS = ["tour", "exercise"] as const;

export type ClassroomLabel = (typeof CLASSROOM_LABELS)[number];
