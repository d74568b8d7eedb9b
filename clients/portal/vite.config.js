export default {
  // The origin that the service expects a portal on; see PORTAL_ORIGINS in docs/local.md.
  server: { port: Number(process.env.PORT ?? 3000), strictPort: true },
  build: { outDir: 'target' },
};
