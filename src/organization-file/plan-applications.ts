import { settingsOf } from '../applications/application-input.ts';
import type { Application } from '../applications/application.ts';
import { applyChange, changedParts, stateOf } from '../applications/changes.ts';
import { createApplication, updateApplication } from '../applications/commands.ts';
import { everyoneIn, type Principal } from '../assignments/assignment.ts';
import { assign } from '../assignments/commands.ts';
import type { NewCertificate } from '../certificates/certificate.ts';
import { addCertificate } from '../certificates/commands.ts';
import type { Sealer } from '../platform/crypto.ts';
import type { RelyingParty } from '../saml/types.ts';
import { applicationIdOf, certificateIdsOf } from './ids.ts';
import type { PlanNeeds } from './plan-directory.ts';
import type { DeclaredApplication } from './schema.ts';

/** What was made ready before the transaction, by the application's key. */
interface Prepared {
  readonly parties: ReadonlyMap<string, RelyingParty>;
  /** Those of applications that have none. */
  readonly certificates: ReadonlyMap<string, NewCertificate>;
}

/** Applications are made with a certificate or changed, and get the declared assignments. */
export function planApplications(
  needs: PlanNeeds & { readonly sealer: Sealer },
  applications: readonly DeclaredApplication[],
  { parties, certificates }: Prepared,
): void {
  const { plan, instance, existing, ids, sealer } = needs;
  for (const declared of applications) {
    const { key } = declared;
    const relyingParty = parties.get(key);
    const certificate = certificates.get(key);
    if (!relyingParty) throw new Error(`The service provider of ${key} was not prepared.`);
    const application = existing.applications.get(key);
    const id = application?.id ?? applicationIdOf(instance.directoryId, key);
    if (application) planChanges(needs, application, declared, relyingParty);
    else {
      const { displayName, description = '', enabled = true } = declared;
      const settings = settingsOf(declared);
      const input = { id, key, displayName, description, enabled, relyingParty, settings };
      plan.add('applications', 'created', (work) => createApplication(work, instance, input, ids));
    }
    if (certificate) {
      const certificateIds = certificateIdsOf(instance.directoryId, key);
      plan.add('certificates', 'created', (work) =>
        addCertificate(work, instance, id, certificate, { active: true }, certificateIds, sealer),
      );
    } else plan.leave('certificates');
    planAssignments(needs, { id, displayName: declared.displayName }, declared);
  }
}

function planChanges(
  { plan, instance }: PlanNeeds,
  application: Application,
  declared: DeclaredApplication,
  relyingParty: RelyingParty,
): void {
  const { displayName, description, enabled } = declared;
  const settings = settingsOf(declared, application.settings);
  const change = { displayName, description, enabled, relyingParty, settings };
  const before = stateOf(application);
  if (changedParts(before, applyChange(before, change)).length === 0) return plan.leave('applications');
  plan.add('applications', 'updated', (work) =>
    updateApplication(work, instance, application.id, change, application.version),
  );
}

function planAssignments(
  { plan, instance, existing, principals }: PlanNeeds,
  application: Pick<Application, 'id' | 'displayName'>,
  { assignments }: DeclaredApplication,
): void {
  const { groups: groupNames = [], users: userNames = [], everyone } = assignments ?? {};
  const all = everyone ? [everyoneIn(instance.id)] : [];
  const groups = groupNames.map((name): Principal => ({ type: 'GROUP', ...principals.group(name) }));
  const users = userNames.map((name): Principal => ({ type: 'USER', ...principals.user(name) }));
  for (const principal of [...all, ...groups, ...users]) {
    if (existing.isAssigned(application.id, principal.id)) plan.leave('assignments');
    else plan.add('assignments', 'created', (work) => assign(work, instance, application, principal));
  }
}
