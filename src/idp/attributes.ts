import type { Application, SubjectFormat } from '../applications/application.ts';
import {
  compileTemplate,
  evaluateTemplate,
  needsGroups,
  type Template,
} from '../applications/attribute-template.ts';
import { groupsOfUser } from '../directory/group-store.ts';
import type { User } from '../directory/user.ts';
import type { InstanceId } from '../platform/ids.ts';
import type { Attribute, NameId } from '../saml/assertion.ts';
import { AttributeNameFormat, NameIdFormat } from '../saml/types.ts';
import type { Queries } from '../storage/database.ts';

/** What an application is told of a user. The subject is undefined when its mapping has no value for this user. */
export interface Told {
  subject: NameId | undefined;
  attributes: Attribute[];
}

/** Evaluates an application's mappings for a user; groups are only read when something is mapped to them. */
export async function tellAbout(
  queries: Queries,
  instanceId: InstanceId,
  { settings }: Application,
  user: User,
): Promise<Told> {
  const subject = template(settings.subject.value);
  const mappings = settings.attributes.map((mapping) => ({ mapping, template: template(mapping.value) }));
  const groupsWanted = [subject, ...mappings.map((each) => each.template)].some(needsGroups);
  const groups = groupsWanted ? await groupsOfUser(queries, instanceId, user.id) : [];
  const [nameId] = evaluateTemplate(subject, { user, groups });
  return {
    subject:
      nameId === undefined || nameId === ''
        ? undefined
        : { value: nameId, format: formatUri(settings.subject.format) },
    attributes: mappings.map((each) => ({
      name: each.mapping.name,
      nameFormat: AttributeNameFormat[each.mapping.format],
      values: evaluateTemplate(each.template, { user, groups }),
    })),
  };
}

function template(text: string): Template {
  const compiled = compileTemplate(text);
  // Mappings are compiled before they are stored.
  if (!compiled.ok) throw new Error(`A stored mapping doesn't compile: ${compiled.message}`);
  return compiled.template;
}

const formatUri = (format: SubjectFormat): string => NameIdFormat[format];
