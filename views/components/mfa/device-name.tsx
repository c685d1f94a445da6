export interface DeviceNameProps {
  name: string;
  error?: string | undefined;
  described?: string | undefined;
}

/** The field `name` for a device's name. */
export function DeviceName({ name, error, described }: DeviceNameProps) {
  return (
    <div class="v-field">
      <label class="form-label" for="name">
        Device name
      </label>
      <input
        id="name"
        name="name"
        type="text"
        class="form-control form-control-lg"
        value={name}
        autocomplete="off"
        required
        autofocus
        maxlength={64}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={described}
      />
    </div>
  );
}
