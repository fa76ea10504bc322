/** A small formula that is as it should be: its files by path. */
export const soundBundle: Record<string, string> = {
  'README.md': '# Notes\n',
  'formula.yaml': `
apiVersion: formulary.dev/v1alpha1
kind: Formula
metadata:
  name: notes
  title: Notes
  description: Somewhere to write
spec:
  owner: group:default/writers
  category: writing
  difficulty: beginner
  version: 1.2.3
  promise: A place for your notes
  template: template:default/notes
  hardware: { cpu: 1, memoryGb: 1, diskGb: 1 }
  software: [Git]
  whatYouGet: [A repository]
`,
  'backstage-template.yaml': `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: notes
  annotations:
    formulary.dev/formula-version: 1.2.3
spec:
  owner: group:default/writers
  type: formula
  parameters:
    - title: Notes
      required: [name, cpu]
      properties:
        name: { type: string }
        cpu: { type: integer, enum: [2, 4], default: 2 }
        zone: { type: string, pattern: '^[a-z]+$', default: eu }
        gpu: { type: boolean, default: false }
  steps:
    - id: code
      action: fetch:template
      input:
        url: ./skeleton
        values:
          name: \${{ parameters.name }}
    - id: repository
      action: gitea:create-repository
      input:
        owner: alice
        name: \${{ parameters.name }}
        commitMessage: Start from notes 1.2.3
    - id: workspace
      action: coder:create-workspace
      input:
        owner: alice
        template: notes
        name: \${{ parameters.name }}
        parameters:
          cpu: \${{ parameters.cpu }}
          zone: \${{ parameters.zone }}
          gpu: \${{ parameters.gpu }}
          editor: vim
          git_repo: \${{ steps.repository.output.remoteUrl }}
`,
  'skeleton/catalog-info.yaml': `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name | dump }}
  annotations:
    formulary.dev/formula-version: 1.2.3
spec: { type: website, lifecycle: experimental, owner: guests }
`,
  'skeleton.test.json': JSON.stringify({
    values: { name: 'my-notes' },
    commands: [['node', '--check', 'index.js']],
  }),
  'skeleton/index.js':
    "console.log('{% raw %}${{ values.nobody }}{% endraw %}');",
  'coder-template/main.tf': `
data "coder_parameter" "cpu" {
  name    = "cpu"
  type    = "number"
  default = 2
  option {
    name  = "2"
    value = 2
  }
  option {
    name  = "4"
    value = 4
  }
}
data "coder_parameter" "zone" {
  name    = "zone"
  default = "eu"
  validation {
    regex = "^[a-z]+$"
    error = "letters"
  }
}
data "coder_parameter" "gpu" {
  name    = "gpu"
  type    = "bool"
  default = false
}
data "coder_parameter" "editor" {
  name    = "editor"
  default = "vim"
  option {
    name  = "Vim"
    value = "vim"
  }
  option {
    name  = "Emacs"
    value = "emacs"
  }
}
data "coder_parameter" "git_repo" {
  name = "git_repo"
}
data "coder_workspace_preset" "small" {
  name       = "Small"
  parameters = { cpu = "2" }
}
`,
  'coder-template/.mcp.json': JSON.stringify({
    mcpServers: { docs: { type: 'http', url: 'https://docs.example/mcp' } },
  }),
  'coder-template/.claude/settings.json': JSON.stringify({
    permissions: { allow: ['Bash(npm test *)'] },
    hooks: { Stop: [{ hooks: [{ type: 'command', command: 'true' }] }] },
  }),
  'coder-template/.claude/skills/write/SKILL.md':
    '---\nname: write\ndescription: Writes.\n---\n',
  'coder-template/.claude/skills/write/words.txt': 'a\n',
  'coder-template/.claude/agents/editor.md':
    '---\nname: editor\ndescription: Edits.\n---\n',
};
