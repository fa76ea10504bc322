import KeycloakAdminClient from '@keycloak/keycloak-admin-client';

/**
 * Reads a realm with Keycloak's own client and prints it. It is a program of its own because the client is an ES module.
 */
async function main() {
  const { baseUrl, realm, clientId, clientSecret } = JSON.parse(
    process.env.REALM_TO_READ ?? '{}',
  );
  const pageSize = 2;
  const client = new KeycloakAdminClient({ baseUrl, realmName: realm });
  await client.auth({
    grantType: 'client_credentials',
    clientId,
    clientSecret,
  });

  const users: Array<string | undefined> = [];
  const userCount = await client.users.count({ realm });
  for (let first = 0; first < userCount; first += pageSize) {
    const found = await client.users.find({
      realm,
      first,
      max: pageSize,
      briefRepresentation: true,
    });
    users.push(...found.map(({ username }) => username));
  }

  const members: Record<string, Array<string | undefined>> = {};
  const read = async (id: string) => {
    const group = await client.groups.findOne({ realm, id });
    const inGroup = await client.groups.listMembers({
      realm,
      id,
      first: 0,
      max: 100,
    });
    members[group?.path ?? ''] = inGroup.map(({ username }) => username);
    const children = await client.groups.listSubGroups({
      realm,
      parentId: id,
      first: 0,
      max: group?.subGroupCount,
      briefRepresentation: true,
    });
    for (const child of children) await read(child.id ?? '');
  };
  const { count: groupCount } = await client.groups.count({ realm });
  for (let first = 0; first < groupCount; first += pageSize) {
    const top = await client.groups.find({ realm, first, max: pageSize });
    for (const { id } of top) await read(id ?? '');
  }

  const { systemInfo } = await client.serverInfo.find();
  console.log(JSON.stringify({ users, members, version: systemInfo?.version }));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
