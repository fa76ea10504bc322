import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  server: {
    port: 5173,
    strictPort: true,
    // In a Coder workspace the page is opened through Coder's proxy, under a name
    // that only Coder knows and that only the workspace's owner may open.
    allowedHosts: process.env.CODER_WORKSPACE_NAME ? true : undefined,
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
  test: { environment: 'jsdom' },
});
