import { z } from 'zod';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ControlNeeds } from './api.ts';
import { applicationRoutes } from '../resources/applications/applications.ts';
import { assigneeRoutes } from '../resources/applications/assignees.ts';
import { assignmentRoutes } from '../resources/applications/assignments.ts';
import { attributeMappingRoutes } from '../resources/applications/attribute-mappings.ts';
import { requireBearer } from './bearer.ts';
import { catalogueRoutes } from '../resources/applications/catalogue.ts';
import { classroomRoutes } from '../resources/organizations/classrooms.ts';
import { certificateRoutes } from '../resources/applications/certificates.ts';
import { consoleAccessRoutes } from '../resources/directory/console-access.ts';
import { clockRoutes } from '../resources/organizations/clock.ts';
import { dashboardRoutes } from '../resources/organizations/dashboard.ts';
import { diagnosisRoutes } from '../resources/organizations/diagnosis.ts';
import { eventRoutes } from '../resources/organizations/events.ts';
import { exchangeRoutes } from '../resources/applications/exchanges.ts';
import { instanceExchangeRoutes } from '../resources/instance-exchanges.ts';
import { fileRoutes } from '../resources/organizations/organization-file.ts';
import { groupRoutes } from '../resources/directory/groups.ts';
import { importRoutes } from '../resources/directory/imports.ts';
import { logoRoutes } from '../resources/organizations/logo.ts';
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
import { signInRoutes } from '../resources/organizations/sign-ins.ts';
import { trustedDeviceRoutes } from '../resources/credentials/trusted-devices.ts';
import { throttleRoutes } from '../resources/directory/throttles.ts';
import { userRoutes } from '../resources/directory/users.ts';

const API = '/api/v1';

/** The control API's operations and their description. */
export interface ControlApi {
  readonly operations: readonly Route[];
  readonly sections: readonly Section[];
  /** Generated at the first call. */
  document(): OpenApiDocument;
}

/**
 * Creates all operations of the control API, with the schemas that check their requests and describe their
 * responses.
 */
export function createControlApi(needs: ControlNeeds): ControlApi {
  let made: OpenApiDocument | undefined;
  const document = () => (made ??= describeApi(sections, `${needs.publicOrigin}${API}`));
  const sections: Section[] = [
    {
      name: 'Organizations',
      about: 'Organizations with their identity centres. “default” refers to the first one.',
      routes: [...organizationRoutes(needs), ...settingsRoutes(needs), ...logoRoutes(needs)],
    },
    {
      name: 'Clock',
      about: 'An organization’s own clock. SAML messages carry real time, unless the settings say otherwise.',
      routes: clockRoutes(needs),
    },
    {
      name: 'Organization file',
      about: 'Exports and applies a whole organization as YAML.',
      routes: fileRoutes(needs),
    },
    {
      name: 'Classes',
      about: 'Classes of students, each with an organization of their own made from one file.',
      routes: classroomRoutes(needs),
    },
    {
      name: 'Users',
      about: 'The users of the identity store, their passwords and their sessions.',
      routes: [
        ...[...userRoutes(needs), ...passwordRoutes(needs)],
        ...[...sessionRoutes(needs), ...throttleRoutes(needs)],
      ],
    },
    {
      name: 'MFA devices',
      about: 'The users’ second factors, and the browsers that they trust.',
      routes: [...mfaDeviceRoutes(needs), ...trustedDeviceRoutes(needs)],
    },
    {
      name: 'Groups',
      about: 'Groups and their members.',
      routes: [...groupRoutes(needs), ...memberRoutes(needs)],
    },
    {
      name: 'Administrators',
      about: 'The users who administer the instance. The portal has no pages for them.',
      routes: consoleAccessRoutes(needs),
    },
    {
      name: 'Imports',
      about: 'Large numbers of users and groups, imported in the background.',
      routes: importRoutes(needs),
    },
    {
      name: 'Applications',
      about:
        'Service providers: what responses tell them, the certificates that sign, and the users assigned.',
      routes: [
        ...applicationRoutes(needs),
        ...attributeMappingRoutes(needs),
        ...assignmentRoutes(needs),
        ...assigneeRoutes(needs),
        // Before the routes that have an id in the same place.
        ...rehearsalRoutes(needs),
        ...certificateRoutes(needs),
        ...serviceProviderRoutes(needs),
      ],
    },
    {
      name: 'Catalogue',
      about: 'Well-known applications, and how to configure their service providers.',
      routes: catalogueRoutes(needs),
    },
    {
      name: 'Sign-ons',
      about: 'Signed responses without a browser, and the recorded SAML conversations.',
      routes: [...responseRoutes(needs), ...exchangeRoutes(needs), ...instanceExchangeRoutes(needs)],
    },
    {
      name: 'Mailbox',
      about: 'The mail that was sent: invitations, password links, codes.',
      routes: mailboxRoutes(needs),
    },
    {
      name: 'Events',
      about:
        'The history, as CloudTrail records it, the sign-ins under way, why somebody can’t sign in, and the state at a glance.',
      routes: [
        ...eventRoutes(needs),
        ...signInRoutes(needs),
        ...diagnosisRoutes(needs),
        ...dashboardRoutes(needs),
      ],
    },
    {
      name: 'Description',
      about: 'This API’s machine-readable description.',
      routes: [descriptionRoute(document)],
    },
  ];
  return { sections, operations: sections.flatMap(({ routes }) => routes), document };
}

function descriptionRoute(document: () => OpenApiDocument): Route {
  return route({
    id: 'getDescription',
    method: 'GET',
    path: '/openapi.json',
    summary: 'Describes this API in OpenAPI 3.1. It needs no token.',
    open: true,
    constant: true,
    status: 200,
    returns: z.looseObject({ openapi: z.string() }),
    respond: () => Promise.resolve({ ...document() }),
  });
}

/** Mounts the control API, for clients with the API token. */
export function controlRoutes({ operations }: ControlApi, verifyToken: ControlNeeds['verifyToken']): Mount {
  return (router) => {
    const authenticate = requireBearer(verifyToken);
    for (const { method, path, open, handle } of operations) {
      router.register(`${API}${path}`, [method], [...(open ? [] : [authenticate]), pointAtFields, handle]);
    }
  };
}
