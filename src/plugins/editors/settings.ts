import * as v from 'valibot';

/** What `schema/editors.json` declares. */
export const EditorSettings = v.object({ saveDirtyEditors: v.fallback(v.picklist(['ask', 'save']), 'ask') });
