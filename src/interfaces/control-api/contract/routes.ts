import { z } from 'zod';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ControlNeeds } from './api.ts';
import { applicationRoutes } from '../resources/applications/applications.ts';
import { assignmentRoutes } from '../resources/applications/assignments.ts';
import { attributeMappingRoutes } from '../resources/applications/attribute-mappings.ts';
import { requireBearer } from './bearer.ts';
import { catalogueRoutes } from '../resources/applications/catalogue.ts';
import { certificateRoutes } from '../resources/applications/certificates.ts';
import { clockRoutes } from '../resources/organizations/clock.ts';
import { eventRoutes } from '../resources/organizations/events.ts';
import { exchangeRoutes } from '../resources/applications/exchanges.ts';
import { fileRoutes } from '../resources/organizations/organization-file.ts';
import { groupRoutes } from '../resources/directory/groups.ts';
import { importRoutes } from '../resources/directory/imports.ts';
import { mailboxRoutes } from '../resources/organizations/mailbox.ts';
import { memberRoutes } from '../resources/directory/members.ts';
import { mfaDeviceRoutes } from '../resources/credentials/mfa-devices.ts';
import { describeApi, type OpenApiDocument, type Section } from './openapi.ts';
import { organizationRoutes } from '../resources/organizations/organizations.ts';
import { passwordRoutes } from '../resources/credentials/passwords.ts';
import { pointAtFields } from './pointers.ts';
import { rehearsalRoutes } from '../resources/applications/rehearsals.ts';
import { responseRoutes } from '../resources/applications/responses.ts';
import { route, type Route } from './route.ts';
import { serviceProviderRoutes } from '../resources/applications/service-providers.ts';
import { sessionRoutes } from '../resources/credentials/sessions.ts';
import { settingsRoutes } from '../resources/organizations/settings.ts';
import { trustedDeviceRoutes } from '../resources/credentials/trusted-devices.ts';
import { userRoutes } from '../resources/directory/users.ts';

const API = '/api/v1';

/** The control API: its operations, and what describes them. */
export interface ControlApi {
  readonly operations: readonly Route[];
  readonly sections: readonly Section[];
  /** Made when it is first asked for. */
  document(): OpenApiDocument;
}

/** Every operation of the control API, with the schemas that check its requests and describe its answers. */
export function createControlApi(needs: ControlNeeds): ControlApi {
  let made: OpenApiDocument | undefined;
  const document = () => (made ??= describeApi(sections, `${needs.publicOrigin}${API}`));
  const sections: Section[] = [
    {
      name: 'Organizations',
      about: 'An organization with its identity centre. “default” stands for the first one.',
      routes: [...organizationRoutes(needs), ...settingsRoutes(needs)],
    },
    {
      name: 'Clock',
      about:
        'The time that an organization lives by. SAML messages carry the real one, unless settings say otherwise.',
      routes: clockRoutes(needs),
    },
    {
      name: 'Organization file',
      about: 'The whole organization as YAML, out and in.',
      routes: fileRoutes(needs),
    },
    {
      name: 'Users',
      about: 'People of the identity store, their passwords and where they are signed in.',
      routes: [...userRoutes(needs), ...passwordRoutes(needs), ...sessionRoutes(needs)],
    },
    {
      name: 'MFA devices',
      about: 'What users prove a second factor with, and the browsers that they trust.',
      routes: [...mfaDeviceRoutes(needs), ...trustedDeviceRoutes(needs)],
    },
    {
      name: 'Groups',
      about: 'Groups and who is in them.',
      routes: [...groupRoutes(needs), ...memberRoutes(needs)],
    },
    {
      name: 'Imports',
      about: 'Users and groups in great numbers, loaded in the background.',
      routes: importRoutes(needs),
    },
    {
      name: 'Applications',
      about: 'Service providers: what they are told, by which certificate, and who may use them.',
      routes: [
        ...applicationRoutes(needs),
        ...attributeMappingRoutes(needs),
        ...assignmentRoutes(needs),
        // Before those with an id in the same place.
        ...rehearsalRoutes(needs),
        ...certificateRoutes(needs),
        ...serviceProviderRoutes(needs),
      ],
    },
    {
      name: 'Catalogue',
      about: 'Applications that can be chosen by name, and how their service providers are configured.',
      routes: catalogueRoutes(needs),
    },
    {
      name: 'Sign-ons',
      about: 'Signed responses without a browser, and what went to and fro.',
      routes: [...responseRoutes(needs), ...exchangeRoutes(needs)],
    },
    {
      name: 'Mailbox',
      about: 'What was mailed: invitations, links for passwords, codes.',
      routes: mailboxRoutes(needs),
    },
    { name: 'Events', about: 'What happened, as CloudTrail records it.', routes: eventRoutes(needs) },
    { name: 'Description', about: 'This API for programs.', routes: [descriptionRoute(document)] },
  ];
  return { sections, operations: sections.flatMap(({ routes }) => routes), document };
}

function descriptionRoute(document: () => OpenApiDocument): Route {
  return route({
    id: 'getDescription',
    method: 'GET',
    path: '/openapi.json',
    summary: 'Describes this API in OpenAPI 3.1. It holds no secret: no token is asked for.',
    open: true,
    status: 200,
    returns: z.looseObject({ openapi: z.string() }),
    respond: () => Promise.resolve({ ...document() }),
  });
}

/** The control API, for programs that hold the API token. */
export function controlRoutes({ operations }: ControlApi, verifyToken: ControlNeeds['verifyToken']): Mount {
  return (router) => {
    const authenticate = requireBearer(verifyToken);
    for (const { method, path, open, handle } of operations) {
      router.register(`${API}${path}`, [method], [...(open ? [] : [authenticate]), pointAtFields, handle]);
    }
  };
}
