export { type Configuration, type ConfigurationSources, readConfiguration } from "./configuration.ts";
export { type LogLevel, type SettingName, SETTINGS } from "./settings.ts";
