import type { Application } from '../../../domain/applications/application.ts';
import { applyChange, changedParts, stateOf } from '../../../domain/applications/changes.ts';
import { createApplication, updateApplication } from '../../../domain/applications/commands.ts';
import { everyoneIn, type Principal } from '../../../domain/assignments/assignment.ts';
import { assign } from '../../../domain/assignments/commands.ts';
import type { NewCertificate } from '../../../domain/certificates/certificate.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { InstanceId } from '../../../foundation/platform/ids.ts';
import { applicationIdOf, nameIdSaltOf } from './derived-ids.ts';
import type { PreparedApplication, PreparedApplications } from './prepare.ts';
import { planCertificates, type ExistingCertificates } from './plan-certificates.ts';
import type { PlanNeeds } from './plan-directory.ts';
import type { Principals } from '../read/principals.ts';
import type { DeclaredApplication } from '../read/schema.ts';

/** What was prepared before the transaction. The maps' keys are application keys. */
interface Prepared {
  readonly applications: PreparedApplications['byKey'];
  /** New certificates, for applications that have none and for which the file declares none. */
  readonly certificates: ReadonlyMap<string, NewCertificate>;
  readonly existingCertificates: ExistingCertificates;
}

/** Creates or changes applications, with their certificates and assignments. */
export function planDeclaredApplications(
  needs: PlanNeeds & { readonly sealer: Sealer },
  applications: readonly DeclaredApplication[],
  { applications: prepared, certificates, existingCertificates }: Prepared,
): void {
  const { plan, instance, existing, ids } = needs;
  for (const declared of applications) {
    const { key } = declared;
    const made = prepared.get(key);
    if (!made) throw new Error(`The application ${key} was not prepared.`);
    const application = existing.applications.get(key);
    const id = application?.id ?? declared.id ?? applicationIdOf(instance.directoryId, key);
    if (application) planApplicationChanges(needs, application, declared, made);
    else {
      const { relyingParty, settings, isImported } = made;
      if (!relyingParty) throw new Error(`The service provider of ${key} was not prepared.`);
      const { displayName, description = '', enabled = true } = declared;
      const nameIdSalt = declared.nameIdSalt ?? nameIdSaltOf(instance.directoryId, key);
      const state = { displayName, description, enabled, relyingParty, settings, isImported };
      const input = { id, key, nameIdSalt, ...state };
      plan.add('applications', 'created', key, (work) => createApplication(work, ids, instance, input));
    }
    planCertificates(needs, { id, key }, declared, {
      made: certificates.get(key),
      existingCertificates,
    });
    planDeclaredAssignments(needs, { id, displayName: declared.displayName }, declared);
  }
}

function planApplicationChanges(
  { plan, instance }: PlanNeeds,
  application: Application,
  declared: DeclaredApplication,
  made: PreparedApplication,
): void {
  const { displayName, description, enabled } = declared;
  const change = { displayName, description, enabled, ...made };
  const before = stateOf(application);
  if (changedParts(before, applyChange(before, change)).length === 0) return plan.leave('applications');
  plan.add('applications', 'updated', application.key, (work) =>
    updateApplication(work, instance, application.id, change, application.version),
  );
}

function planDeclaredAssignments(
  { plan, instance, existing, principals }: PlanNeeds,
  application: Pick<Application, 'id' | 'displayName'>,
  declared: DeclaredApplication,
): void {
  for (const principal of declaredPrincipals(instance.id, principals, declared)) {
    if (existing.isAssigned(application.id, principal.id)) plan.leave('assignments');
    else
      plan.add('assignments', 'created', `${principal.name} to ${declared.key}`, (work) =>
        assign(work, instance, application, principal),
      );
  }
}

/** The principals that a file assigns to an application. */
export function declaredPrincipals(
  instanceId: InstanceId,
  principals: Principals,
  { assignments }: DeclaredApplication,
): Principal[] {
  const { groups = [], users = [], everyone, principals: gone = [] } = assignments ?? {};
  return [
    ...(everyone ? [everyoneIn(instanceId)] : []),
    ...groups.map((name): Principal => ({ type: 'GROUP', ...principals.group(name) })),
    ...users.map((name): Principal => ({ type: 'USER', ...principals.user(name) })),
    ...gone,
  ];
}
