import { createGroup } from '../../../src/domain/directory/group-commands.ts';
import type { Group } from '../../../src/domain/directory/group.ts';
import { createUser } from '../../../src/domain/directory/user-commands.ts';
import type { User, UserInput } from '../../../src/domain/directory/user.ts';
import type { Tenant } from '../databases/tenant.ts';

/** A user by first name: `ana` is Ana Example, ana@example.com. */
export function person(name: string, change: Partial<UserInput> = {}): UserInput {
  const givenName = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    userName: `${name}@example.com`,
    email: `${name}@example.com`,
    givenName,
    familyName: 'Example',
    displayName: `${givenName} Example`,
    ...change,
  };
}

export function addUser(tenant: Tenant, name: string, change: Partial<UserInput> = {}): Promise<User> {
  return tenant.run((work) => createUser(work, tenant.ids, tenant.instance, person(name, change)));
}

export function addGroup(tenant: Tenant, displayName: string): Promise<Group> {
  return tenant.run((work) =>
    createGroup(work, tenant.ids, tenant.instance, { displayName, description: '' }),
  );
}
