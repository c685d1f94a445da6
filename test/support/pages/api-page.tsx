import { ApiPage } from '../../../views/control/api-page.tsx';
import type { PageContext } from '../../../views/page-context.tsx';

/** The API's page with two operations. */
export const apiPageSample = (page: PageContext) => (
  <ApiPage
    page={page}
    descriptionHref="/api/v1/openapi.json"
    setup={'API=http://localhost:8080/api/v1\nTOKEN=the-token-that-the-first-start-printed'}
    sections={[
      {
        name: 'Users',
        about: 'People of the identity store.',
        operations: [
          {
            ...{ id: 'listUsers', method: 'GET', path: '/organizations/{organization}/users' },
            summary: 'Lists users by user name.',
            fields: [
              { name: 'limit', place: 'query', type: 'whole number', required: false },
              {
                ...{ name: 'cursor', place: 'query', type: 'text', required: false },
                description: 'The cursor of the page before, unchanged.',
              },
            ],
            answers: [{ status: '200', description: 'What is below.' }],
            answerFields: [{ name: 'items', place: 'answer', type: 'list of object', required: true }],
            curl: 'curl -sS "$API/organizations/default/users" \\\n  -H "Authorization: Bearer $TOKEN"',
          },
          {
            ...{ id: 'deleteUser', method: 'DELETE', path: '/organizations/{organization}/users/{user}' },
            summary: 'Deletes a user with its password, memberships and assignments.',
            ...{ fields: [], answerFields: [] },
            answers: [
              { status: '204', description: 'Done.' },
              { status: '404', description: 'What the path names does not exist.' },
            ],
            curl: 'curl -sS -X DELETE "$API/organizations/default/users/$USER_ID"',
          },
        ],
      },
    ]}
  />
);
