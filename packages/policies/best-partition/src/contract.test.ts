import { policyContract } from "@ballast/core/testing";
import { policy } from "./index.ts";

policyContract(policy);
