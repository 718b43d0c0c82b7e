import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// DETENTE_STATIC: where to build instead, so that a fresh build can be compared with the committed one.
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: process.env.DETENTE_STATIC ?? "../src/detente/web/static",
    emptyOutDir: true,
    target: "es2023",
    cssTarget: "chrome125",
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});
