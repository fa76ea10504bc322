locals {
  mcp_config = try(file("${path.module}/.mcp.json"), null)

  # Content by path, of everything in .claude.
  claude_files = {
    for file in fileset(path.module, ".claude/**") :
    trimprefix(file, ".claude/") => filebase64("${path.module}/${file}")
  }
}

module "claude-code" {
  count   = data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/claude-code/coder"
  version = "5.4.1"

  agent_id            = coder_agent.main.id
  workdir             = local.folder
  anthropic_api_key   = var.anthropic_api_key
  enable_ai_gateway   = var.enable_ai_gateway
  claude_code_version = var.claude_code_version
  disable_autoupdater = true
  mcp                 = coalesce(local.mcp_config, "{\"mcpServers\":{}}")
}

# Settings, skills and agents go into the person's ~/.claude at every start, so a
# newer version of this template brings newer ones. What the repository has in its
# own .claude comes on top and wins.
resource "coder_script" "claude_config" {
  agent_id     = coder_agent.main.id
  display_name = "Claude Code configuration"
  icon         = "/icon/claude.svg"
  run_on_start = true
  script = templatefile("${path.module}/scripts/install-claude-config.sh.tftpl", {
    files = local.claude_files
  })
}
