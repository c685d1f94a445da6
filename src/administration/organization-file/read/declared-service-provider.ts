import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { toRelyingParty } from '../../../domain/applications/relying-party.ts';
import {
  certificateText,
  requestSigningCertificate,
  serviceProviderSchema,
  type ServiceProviderInput,
} from '../../../domain/applications/service-provider-input.ts';
import { webUrl } from '../../../domain/applications/web-url.ts';
import { line } from '../../../domain/organizations/text.ts';
import { pemOfCertificate } from '../../../protocols/saml/signature/certificate.ts';
import { MAX_SIGNING_CERTIFICATES } from '../../../protocols/saml/metadata/service-provider-role.ts';
import { Binding, type RelyingParty } from '../../../protocols/saml/types.ts';

/*
 * The service provider of an application in an organization file: as in the control API, or the name of a metadata file
 * beside this one, or (in exports) everything that was read from metadata, since the metadata itself isn't stored.
 */

const uri = (what: string) => line(what, { max: 1024 });

const assertionConsumerService = z.strictObject({
  url: webUrl('The AssertionConsumerService'),
  index: z.int().min(0).max(65535).optional(),
  isDefault: z.boolean().default(false),
  binding: uri('The binding').default(Binding.post),
});

const singleLogoutService = z.strictObject({
  url: webUrl('The SingleLogoutService'),
  responseUrl: webUrl('The responseUrl').optional(),
  binding: uri('The binding'),
});

/** The values of metadata for which the control API has no fields. */
const details = {
  assertionConsumerServices: z
    .array(assertionConsumerService)
    .min(1, { error: 'Give at least one AssertionConsumerService.' })
    .refine((services) => services.filter(({ isDefault }) => isDefault).length === 1, {
      error: 'Exactly one AssertionConsumerService must be the default, with isDefault: true.',
      abort: true,
    })
    .refine((services) => services.some(({ isDefault, binding }) => isDefault && binding === Binding.post), {
      error: `The default AssertionConsumerService must take HTTP-POST (${Binding.post}).`,
    })
    .optional()
    .describe('Replaces acsUrls where metadata has given details of the endpoints. Written by exports.'),
  singleLogoutServices: z.array(singleLogoutService).optional(),
  nameIdFormats: z.array(uri('The name identifier format')).optional(),
  wantAssertionsSigned: z.boolean().optional(),
};

const { in: shared } = serviceProviderSchema;

const fields = shared.extend({
  metadata: line('The metadata’s file name', { max: 1024 }).optional(),
  // As many as metadata may have. For values without metadata, the API's limits apply below.
  requestSigningCertificates: z
    .array(certificateText)
    .max(MAX_SIGNING_CERTIFICATES, {
      error: `At most ${MAX_SIGNING_CERTIFICATES} certificates.`,
      abort: true,
    })
    .pipe(z.array(requestSigningCertificate))
    .optional(),
  ...details,
});

type Given = z.output<typeof fields>;

interface Issue {
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

/** Metadata in a file beside the organization file. */
export interface MetadataFile {
  readonly from: 'file';
  readonly name: string;
  /** The service provider to take from an aggregate. */
  readonly entityId?: string;
}

/** The control API's input, the name of a metadata file, or a whole relying party. */
export const fileServiceProviderSchema = fields.transform(
  (value, context): ServiceProviderInput | MetadataFile => {
    const read = readGiven(value);
    if (read.ok) return read.input;
    for (const { message, path } of read.issues) {
      context.issues.push({ code: 'custom', message, path: [...path], input: value });
    }
    return z.NEVER;
  },
);

type ReadGiven =
  | { readonly ok: true; readonly input: ServiceProviderInput | MetadataFile }
  | { readonly ok: false; readonly issues: readonly Issue[] };

function readGiven({ metadata, ...value }: Given): ReadGiven {
  const isWhole = Object.keys(details).some((key) => value[key as keyof typeof details] !== undefined);
  if (metadata === undefined && isWhole) return readWhole(value);
  const { entityId, ...others } = value;
  if (metadata !== undefined && Object.values(others).every((each) => each === undefined)) {
    const chosen = entityId === undefined ? {} : { entityId };
    return { ok: true, input: { from: 'file', name: metadata, ...chosen } };
  }
  const { metadataXml, acsUrls, requestSigningCertificates, authnRequestsSigned, sample } = value;
  const plain = { metadataXml, entityId, acsUrls, requestSigningCertificates, authnRequestsSigned, sample };
  const checked = serviceProviderSchema.safeParse(
    // A file's name together with other fields is refused in the same way as the text of metadata with them.
    metadata === undefined ? plain : { ...plain, metadataXml: '', sample: sample ?? '-' },
  );
  return checked.success ? { ok: true, input: checked.data } : { ok: false, issues: checked.error.issues };
}

function readWhole(value: Omit<Given, 'metadata'>): ReadGiven {
  const { entityId, assertionConsumerServices, requestSigningCertificates = [] } = value;
  const { authnRequestsSigned = false, wantAssertionsSigned = false } = value;
  const issues: Issue[] = (['metadataXml', 'sample', 'acsUrls'] as const)
    .filter((key) => value[key] !== undefined)
    .map((key) => ({
      message: `${key} can’t be combined with assertionConsumerServices and other details of metadata.`,
      path: [key],
    }));
  if (authnRequestsSigned && requestSigningCertificates.length === 0) {
    const message = 'Give a certificate as well: without one no request’s signature can be verified.';
    issues.push({ message, path: ['requestSigningCertificates'] });
  }
  if (entityId === undefined) issues.push({ message: 'Give the entity ID.', path: ['entityId'] });
  if (!assertionConsumerServices) {
    const message = 'Give the AssertionConsumerServices as well.';
    issues.push({ message, path: ['assertionConsumerServices'] });
  }
  if (issues.length > 0 || entityId === undefined || !assertionConsumerServices) return { ok: false, issues };
  // The keys have the same order as after reading metadata, because rows are compared as text.
  const relyingParty: RelyingParty = {
    entityId,
    assertionConsumerServices: assertionConsumerServices.map(({ url, index, isDefault, binding }) => ({
      url,
      ...(index === undefined ? {} : { index }),
      isDefault,
      binding,
    })),
    requestSigningCertificates,
    authnRequestsSigned,
    singleLogoutServices: (value.singleLogoutServices ?? []).map(({ url, responseUrl, binding }) => ({
      url,
      ...(responseUrl === undefined ? {} : { responseUrl }),
      binding,
    })),
    nameIdFormats: value.nameIdFormats ?? [],
    wantAssertionsSigned,
  };
  return { ok: true, input: { from: 'relying-party', relyingParty } };
}

type Written = z.input<typeof fileServiceProviderSchema>;

/** A service provider as a file declares it: in the short form when that loses nothing. */
export async function writeServiceProvider(
  relyingParty: RelyingParty,
  sample: string | null,
): Promise<Written> {
  if (sample !== null) return { sample };
  const { entityId, assertionConsumerServices, singleLogoutServices, nameIdFormats, wantAssertionsSigned } =
    relyingParty;
  const requests = {
    ...(relyingParty.requestSigningCertificates.length > 0 && {
      requestSigningCertificates: relyingParty.requestSigningCertificates.map(pemOfCertificate),
    }),
    ...(relyingParty.authnRequestsSigned && { authnRequestsSigned: true }),
  };
  const short = { entityId, acsUrls: assertionConsumerServices.map(({ url }) => url), ...requests };
  if (await describes(short, relyingParty)) return short;
  return {
    entityId,
    assertionConsumerServices: assertionConsumerServices.map((service) => ({ ...service })),
    ...requests,
    ...(singleLogoutServices.length > 0 && {
      singleLogoutServices: singleLogoutServices.map((service) => ({ ...service })),
    }),
    ...(nameIdFormats.length > 0 && { nameIdFormats: [...nameIdFormats] }),
    ...(wantAssertionsSigned && { wantAssertionsSigned }),
  };
}

/** Whether the short form is valid, and is read as this relying party. */
async function describes(short: Written, relyingParty: RelyingParty): Promise<boolean> {
  const read = serviceProviderSchema.safeParse(short);
  if (!read.success) return false;
  const found = await toRelyingParty(
    {
      resolveSample: () => undefined,
      now: 0,
      maxCertificateBytes: Infinity,
    },
    read.data,
  );
  return found.ok && isDeepStrictEqual(found.relyingParty, relyingParty);
}
