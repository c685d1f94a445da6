import { ApiPage } from '../../../../views/control/api-page.tsx';
import type { ListedSection } from '../../../../views/control/operation-list.tsx';
import { OperationPage, type ShownOperation } from '../../../../views/control/operation.tsx';
import type { PageSamples } from '../page-sample.ts';

const sections: readonly ListedSection[] = [
  {
    name: 'Users',
    about: 'The users of the identity store.',
    operations: [
      {
        ...{ id: 'listUsers', method: 'GET', path: '/organizations/{organization}/users' },
        summary: 'Lists users in the order of their user names.',
      },
      {
        ...{ id: 'deleteUser', method: 'DELETE', path: '/organizations/{organization}/users/{user}' },
        summary: 'Deletes a user with credentials, memberships and assignments.',
      },
    ],
  },
];

const operation: ShownOperation = {
  ...{ id: 'updateUser', method: 'PATCH', path: '/organizations/{organization}/users/{user}' },
  ...{ summary: 'Changes a user.', needsToken: true, destroys: false },
  pathFields: [
    { name: 'organization', type: 'text', required: true, value: 'default', fields: [] },
    { name: 'user', type: 'text', required: true, description: 'The user’s id.', fields: [] },
  ],
  queryFields: [{ name: 'limit', type: 'whole number', required: false, fields: [] }],
  bodyFields: [
    {
      ...{ name: 'name', type: 'object', required: false, description: 'The parts of the name.' },
      fields: [{ name: 'aVeryLongNameOfAFieldThatHasNoSpaces', type: 'text', required: true, fields: [] }],
    },
  ],
  body: { types: ['application/json', 'text/csv'], text: '{\n  "displayName": "Ana"\n}' },
  success: { status: '200', fields: [{ name: 'id', type: 'text', required: true, fields: [] }] },
  refusals: [{ status: '404', description: 'A record in the path doesn’t exist.' }],
  examples: [
    { language: 'curl', text: 'curl -sS "$API/organizations/default/users/$USER_ID"' },
    { language: 'JavaScript', text: 'await fetch(`${API}/organizations`);' },
    { language: 'Python', text: 'urllib.request.urlopen(request)' },
  ],
};
const shared = { sections, firstCall: 'curl -H "Authorization: Bearer …" http://localhost:8080/api/v1' };
const setup = 'export API=http://localhost:8080/api/v1\nexport TOKEN=the-token-that-the-first-start-printed';
const descriptionHref = '/api/v1/openapi.json';

/** The pages about the control API. */
export const apiPages: PageSamples = {
  api: (page) => <ApiPage {...{ page, descriptionHref, query: '', ...shared }} />,
  'api-search': (page) => <ApiPage {...{ page, descriptionHref, query: 'delete', ...shared }} />,
  'api-none-found': (page) => <ApiPage {...{ page, descriptionHref, query: '<zebra>', ...shared }} />,
  'api-operation': (page) => <OperationPage {...{ page, operation, sections, setup }} />,
  'api-operation-destroys': (page) => (
    <OperationPage
      {...{ page, sections, setup }}
      operation={{ ...operation, id: 'deleteUser', method: 'DELETE', body: undefined, destroys: true }}
    />
  ),
};
