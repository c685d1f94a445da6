import { Fragment } from 'preact';

/** A host name that breaks between its labels when the line is too short for it. */
export function HostName({ host }: { host: string }) {
  return (
    <>
      {host.split(/(?<=\.)/).map((label, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {label}
        </Fragment>
      ))}
    </>
  );
}
