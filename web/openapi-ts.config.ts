import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "./web/openapi.json",
  output: { path: "./web/src/api/generated", clean: true },
  plugins: [
    { name: "@hey-api/client-fetch", runtimeConfigPath: "#web/api/client" },
    "@hey-api/typescript",
    "@hey-api/sdk",
  ],
});
