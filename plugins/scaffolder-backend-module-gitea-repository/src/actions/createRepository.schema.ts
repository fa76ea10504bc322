import { rollbackOutput } from '@formulary/plugin-provisioning-node';
import type { z as zod } from 'zod/v3';

type Z = typeof zod;

/** `models/repo/topic.go`. */
const TOPIC = /^[a-z0-9][-.a-z0-9]{0,34}$/;

/** Input of `gitea:create-repository`. */
export const createRepositoryInput = {
  owner: (z: Z) =>
    z
      .string()
      .min(1)
      .describe(
        'User or organisation that the repository belongs to: your own account, or an organisation in which it may create repositories',
      ),
  name: (z: Z) =>
    z
      .string()
      .min(1)
      .describe(
        'Name of the repository: letters, digits, ".", "-" and "_", 100 at most',
      ),
  description: (z: Z) =>
    z.string().max(2048).optional().describe('What it is for'),
  visibility: (z: Z) =>
    z
      .enum(['private', 'public'])
      .optional()
      .describe('Who may see it. Default: private'),
  defaultBranch: (z: Z) =>
    z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Branch that the files are pushed to. Default: main'),
  sourcePath: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder of the task to push. Default: all of it'),
  commitMessage: (z: Z) =>
    z
      .string()
      .min(1)
      .optional()
      .describe('Message of the commit. Default: Initial commit'),
  gitAuthorName: (z: Z) =>
    z
      .string()
      .min(1)
      .optional()
      .describe('Author of the commit. Default: Scaffolder'),
  gitAuthorEmail: (z: Z) =>
    z
      .string()
      .min(3)
      .optional()
      .describe("The author's address. Default: scaffolder@backstage.io"),
  collaborators: (z: Z) =>
    z
      .array(
        z.object({
          username: z.string().min(1).describe('Username in Gitea'),
          permission: z
            .enum(['read', 'write', 'admin'])
            .describe('What they may do with it'),
        }),
      )
      .max(50)
      .optional()
      .describe('Further users who may work on it'),
  teams: (z: Z) =>
    z
      .array(z.string().min(1))
      .max(50)
      .optional()
      .describe(
        'Teams of the owning organisation that may work on it, each with the right that the team has',
      ),
  topics: (z: Z) =>
    z
      .array(
        z
          .string()
          .regex(
            TOPIC,
            'must have lower-case letters, digits, "-" and "." only, 35 at most',
          ),
      )
      .max(25)
      .optional()
      .describe(
        'Topics: lower-case letters, digits, "-" and ".", 35 at most each',
      ),
  protectBranch: (z: Z) =>
    z
      .object({
        pushers: z
          .array(z.string().min(1))
          .max(50)
          .optional()
          .describe(
            'Users who may push to it. Default: nobody, so that changes come through pull requests',
          ),
        requiredApprovals: z
          .number()
          .int()
          .min(0)
          .max(20)
          .optional()
          .describe('Approvals that a pull request needs. Default: 0'),
        statusChecks: z
          .array(z.string().min(1))
          .max(50)
          .optional()
          .describe('Commit statuses that a pull request needs. Default: none'),
      })
      .optional()
      .describe(
        'Protects the default branch after the push; without it the branch is open. {} means pull requests only',
      ),
};

/** Output of `gitea:create-repository`. */
export const createRepositoryOutput = {
  remoteUrl: (z: Z) => z.string().describe('Address to clone from'),
  repoContentsUrl: (z: Z) =>
    z
      .string()
      .describe(
        'Address of the files, with a slash at the end. catalog:register wants it together with a catalogInfoPath that has none at its start',
      ),
  repositoryUrl: (z: Z) => z.string().describe('Page of the repository'),
  commitHash: (z: Z) => z.string().describe('Commit at the head of the branch'),
  created: (z: Z) =>
    z.boolean().describe('Whether anything was created or pushed'),
  rollback: rollbackOutput,
};
