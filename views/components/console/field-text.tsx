import type { FileField, PasswordField, SelectField, TextareaField, TextField } from './field.ts';
import { Select } from './select.tsx';

export interface TextControlProps {
  field: TextField | PasswordField | TextareaField | SelectField | FileField;
  id: string;
  described: string | undefined;
}

/**
 * The control of a field that has a single one. Controls aren't `required`: the browser's own messages would hide the
 * server's, which name all faults at once and stay.
 */
export function TextControl({ field, id, described }: TextControlProps) {
  const common = {
    ...{ id, name: field.name },
    'aria-describedby': described,
    'aria-invalid': field.error === undefined ? undefined : ('true' as const),
    'aria-required': field.optional === true ? undefined : ('true' as const),
  };
  switch (field.kind) {
    case 'textarea':
      return (
        <textarea
          {...common}
          class={field.code === true ? 'form-control v-code-area' : 'form-control'}
          rows={field.rows ?? 4}
          dir={field.code === true ? 'ltr' : 'auto'}
          spellcheck={field.code !== true}
        >
          {firstLineKept(field.value)}
        </textarea>
      );
    case 'select':
      return (
        <Select
          {...{ id, described }}
          name={field.name}
          options={field.options}
          value={field.value}
          invalid={field.error !== undefined}
        />
      );
    case 'file':
      return <input {...common} type="file" class="form-control" accept={field.accept} />;
    case 'password':
      return <input {...common} type="password" class="form-control" autocomplete="new-password" />;
    case 'text':
    case 'email':
    case 'url':
      return (
        <input
          {...common}
          // A browser refuses to send an `email` or `url` that it finds wrong, and changes what was typed.
          type="text"
          inputmode={field.kind}
          class="form-control"
          value={field.value}
          // The direction of the text, so that an Arabic name is edited from the right.
          dir={field.kind === 'text' ? 'auto' : 'ltr'}
          maxlength={field.maxLength}
          list={field.list}
          autocomplete={field.autocomplete ?? 'off'}
          spellcheck={false}
        />
      );
  }
}

/** An HTML parser leaves out a line break right after `<textarea>`, so that a text that begins with one needs another. */
function firstLineKept(value: string): string {
  return value.startsWith('\n') || value.startsWith('\r') ? `\n${value}` : value;
}
