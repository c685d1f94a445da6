import { ApiPage } from '../../../views/control/api-page.tsx';
import type { PageContext } from '../../../views/page-context.tsx';

/** The API page with two operations. */
export const apiPageSample = (page: PageContext) => (
  <ApiPage
    page={page}
    descriptionHref="/api/v1/openapi.json"
    setup={'API=http://localhost:8080/api/v1\nTOKEN=the-token-that-the-first-start-printed'}
    sections={[
      {
        name: 'Users',
        about: 'The users of the identity store.',
        operations: [
          {
            ...{ id: 'listUsers', method: 'GET', path: '/organizations/{organization}/users' },
            summary: 'Lists users in the order of their user names.',
            fields: [
              { name: 'limit', place: 'query', type: 'whole number', required: false },
              {
                ...{ name: 'cursor', place: 'query', type: 'text', required: false },
                description: 'The cursor of the previous page, unchanged.',
              },
            ],
            answers: [{ status: '200', description: 'What is below.' }],
            answerFields: [{ name: 'items', place: 'answer', type: 'list of object', required: true }],
            curl: 'curl -sS "$API/organizations/default/users" \\\n  -H "Authorization: Bearer $TOKEN"',
          },
          {
            ...{ id: 'deleteUser', method: 'DELETE', path: '/organizations/{organization}/users/{user}' },
            summary: 'Deletes a user with credentials, memberships and assignments.',
            ...{ fields: [], answerFields: [] },
            answers: [
              { status: '204', description: 'Done.' },
              { status: '404', description: 'A record in the path doesn’t exist.' },
            ],
            curl: 'curl -sS -X DELETE "$API/organizations/default/users/$USER_ID"',
          },
        ],
      },
    ]}
  />
);
