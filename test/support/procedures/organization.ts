/**
 * The organization of the procedures. Ana administers it and belongs to Engineering; Cy uses it. The hosts of
 * applications that a test adds have reserved names, and the test answers for them.
 */
export const PROCEDURES_ORGANIZATION = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings:
  reservedNames: send
  signIn: {passwordHashCost: 4}
groups:
  - {displayName: Engineering}
  - {displayName: Sales}
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza, groups: [Engineering], console: full}
  - {userName: cy@example.com, password: correct-Horse-7, email: cy@example.com, givenName: Cy, familyName: Young, displayName: Cy Young}
applications:
  - key: notes
    displayName: Orchard Notes
    description: Everything your team wrote down
    icon: notebook
    serviceProvider: {sample: notes}
    subject: {value: "\${user:email}", format: emailAddress}
    attributes:
      - {name: displayName, value: "\${user:givenName} \${user:familyName}"}
      - {name: mail, value: "\${user:email}", format: basic}
    assignments: {groups: [Engineering], users: [cy@example.com]}
  - key: expenses
    displayName: Harbour Expenses
    description: Receipts and travel costs
    icon: receipt
    serviceProvider: {sample: expenses}
    assignments: {groups: [Engineering]}
`;
