import {
  isGenerated,
  type Application,
  type SubjectFormat,
} from '../../../domain/applications/application.ts';
import {
  compileTemplate,
  evaluateTemplate,
  needsGroups,
  valuesBudget,
  type Template,
} from '../../../domain/applications/attribute-template.ts';
import { groupsOfUser } from '../../../domain/directory/membership-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ids } from '../../../foundation/platform/ids.ts';
import type { Attribute, NameId } from '../../../protocols/saml/assertion.ts';
import { AttributeNameFormat, NameIdFormat } from '../../../protocols/saml/types.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { generateNameId } from './generated-name-id.ts';

/**
 * The subject and attributes of an assertion. The subject is undefined when its mapping has no value for this
 * user.
 */
export interface SubjectAndAttributes {
  subject: NameId | undefined;
  attributes: Attribute[];
}

/** The user and the application of an assertion. */
interface MappingInput {
  ids: Ids;
  /** The identity provider's EntityID for this application. */
  issuer: string;
  application: Application;
  user: User;
}

/**
 * Evaluates an application's mappings for a user. Groups are read only if a mapping needs them. Throws
 * ConflictException when the values are longer than an assertion can hold.
 */
export async function buildSubjectAndAttributes(
  queries: Queries,
  { ids, issuer, application, user }: MappingInput,
): Promise<SubjectAndAttributes> {
  const { instanceId, settings } = application;
  const subject = settings.subject.value === null ? undefined : template(settings.subject.value);
  const mappings = settings.attributes.map((mapping) => ({ mapping, template: template(mapping.value) }));
  const templates = [...(subject ? [subject] : []), ...mappings.map((each) => each.template)];
  const groupsWanted = templates.some(needsGroups);
  const groups = groupsWanted ? await groupsOfUser(queries, instanceId, user.id) : [];
  const about = { user, groups, groupValues: settings.groupValues };
  const budget = valuesBudget();
  return {
    subject: subject ? mapped(evaluateTemplate(subject, about, budget)[0], settings.subject.format) : made(),
    attributes: mappings.map((each) => ({
      name: each.mapping.name,
      nameFormat: AttributeNameFormat[each.mapping.format],
      values: evaluateTemplate(each.template, about, budget),
    })),
  };

  function made(): NameId {
    const { format } = settings.subject;
    if (!isGenerated(format)) throw new Error(`A stored subject of the format ${format} has no value.`);
    return generateNameId(format, { ids, issuer, application, userId: user.id });
  }
}

function mapped(value: string | undefined, format: SubjectFormat): NameId | undefined {
  return value === undefined || value === '' ? undefined : { value, format: NameIdFormat[format] };
}

function template(text: string): Template {
  const compiled = compileTemplate(text);
  // Mappings are compiled before they are stored.
  if (!compiled.ok) throw new Error(`A stored mapping doesn't compile: ${compiled.message}`);
  return compiled.template;
}
