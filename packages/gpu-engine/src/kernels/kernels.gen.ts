// Generated from shaders/ by `npm run generate`; do not edit.
/** Each file without what only readers need; by entry point which of its bindings it uses, in their order, and the hook. */
export const kernelSources = {
  activation: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn uc(e:f32)->f32{let K=exp(-abs(e));return select(K,1.,e>=0.)/(1.+K);}fn id(e:f32)->f32{let K=exp(-abs(e));return K/((1.+K)*(1.+K));}fn Vf(e:f32)->f32{let Q=abs(e);if(Q<0.625){let fa=e*e;let j=((-5.70498872745e-3*fa+2.06390887954e-2)*fa-5.37397155531e-2)*fa+1.33314422036e-1;return e+e*fa*(j*fa-3.33332819422e-1);}let K=exp(-2.*Q);return sign(e)*(1.-K)/(1.+K);}fn qg(e:f32)->f32{return max(e,0.)+log(1.+exp(-abs(e)));}fn Xe(e:f32)->f32{let Q=abs(e)*0.70710678;if(Q<1.){let fa=Q*Q;var j=7.853861353153693e-5;j=j*fa-8.010193625184903e-4;j=j*fa+5.188327685732524e-3;j=j*fa-2.685381193529856e-2;j=j*fa+1.128358514861418e-1;j=j*fa-3.761262582423300e-1;return 0.5+0.5*sign(e)*Q*(j*fa+1.128379165726710);}let d=1./(1.+0.3275911*Q);let j=(((1.061405429*d-1.453152027)*d+1.421413741)*d-0.284496736)*d+0.254829592;let mf=0.5*j*d*exp(-Q*Q);return select(mf,1.-mf,e>0.);}fn Fe(e:f32)->f32{return 0.79788456*(e+0.044715*e*e*e);}fn H(e:f32)->f32{let A=sizes.alpha;let ta=sizes.beta;if(OPERATION==0u){return select(A*e,e,e>0.);}if(OPERATION==1u){return select(A*(exp(min(e,0.))-1.),e,e>0.);}if(OPERATION==2u){return ta*select(A*(exp(min(e,0.))-1.),e,e>0.);}if(OPERATION==3u){return max(e,0.)+min(A*(exp(min(e/A,60.))-1.),0.);}if(OPERATION==4u){return uc(e);}if(OPERATION==5u){return clamp(A*e+ta,0.,1.);}if(OPERATION==6u){return Vf(e);}if(OPERATION==7u){return qg(e);}if(OPERATION==8u){return e/(1.+abs(e));}if(OPERATION==9u){return e*Xe(e);}if(OPERATION==10u){return e*uc(2.*Fe(e));}if(OPERATION==11u){return e*uc(A*e);}if(OPERATION==12u){return e*clamp(e/6.+0.5,0.,1.);}if(OPERATION==13u){let K=exp(min(e,20.));let F=K*(K+2.);return e*(F/(F+2.));}if(OPERATION==14u){return select(0.,e,e>A);}return min(max(e,A),ta);}fn Ea(e:f32)->f32{let A=sizes.alpha;let ta=sizes.beta;if(OPERATION==0u){return select(A,1.,e>0.);}if(OPERATION==1u){return select(A*exp(min(e,0.)),1.,e>0.);}if(OPERATION==2u){return ta*select(A*exp(min(e,0.)),1.,e>0.);}if(OPERATION==3u){return select(exp(min(e/A,60.)),1.,e>0.);}if(OPERATION==4u){return id(e);}if(OPERATION==5u){return select(0.,A,A*e+ta>0.&&A*e+ta<1.);}if(OPERATION==6u){return 4.*id(2.*e);}if(OPERATION==7u){return uc(e);}if(OPERATION==8u){return 1./((1.+abs(e))*(1.+abs(e)));}if(OPERATION==9u){return Xe(e)+e*0.39894228*exp(-0.5*e*e);}if(OPERATION==10u){let La=2.*Fe(e);return uc(La)+e*id(La)*1.59576912*(1.+0.134145*e*e);}if(OPERATION==11u){return uc(A*e)+A*e*id(A*e);}if(OPERATION==12u){return select(select(e/3.+0.5,1.,e>=3.),0.,e<=-3.);}if(OPERATION==13u){let K=exp(min(e,20.));let F=K*(K+2.);return F/(F+2.)+e*4.*(K*(K+1.)/(F+2.))/(F+2.);}if(OPERATION==14u){return select(0.,1.,e>A);}return select(0.,1.,e>A&&e<ta);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=vec4f(H(e.x),H(e.y),H(e.z),H(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=cotangent[g]*vec4f(Ea(e.x),Ea(e.y),Ea(e.z),Ea(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  adam: {
    source: `struct Sizes{count:u32,beta1:f32,beta2:f32,epsilon:f32,weightDecay:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read_write>gradient:array<vec4f>;@group(0)@binding(2)var<storage,read>stepSize:array<f32>;@group(0)@binding(3)var<storage,read>secondCorrection:array<f32>;@group(0)@binding(4)var<storage,read_write>parameter:array<vec4f>;@group(0)@binding(5)var<storage,read_write>firstMoment:array<vec4f>;@group(0)@binding(6)var<storage,read_write>secondMoment:array<vec4f>;@group(0)@binding(7)var<storage,read>places:array<u32>;const xd=5u;const yd=4u;fn Yc(Rd:u32,Jc:u32,De:u32,gf:u32){let j=parameter[Jc];let R=gradient[Rd]+sizes.weightDecay*j;let Ue=sizes.beta1*firstMoment[De]+(1.-sizes.beta1)*R;let q=sizes.beta2*secondMoment[gf]+(1.-sizes.beta2)*R*R;firstMoment[De]=Ue;secondMoment[gf]=q;parameter[Jc]=j-stepSize[0]*Ue/(sqrt(q)/secondCorrection[0]+sizes.epsilon);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}Yc(g,g,g,g);}@compute@workgroup_size(64,1,1)fn many(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let h=xd*(f.x/64u+f.y*n.x);if(h>=arrayLength(&places)){return;}let Ha=places[h+4u];for(var round=0u;round<yd;round++){let g=round*64u+f.x%64u;if(g<Ha){Yc(places[h]+g,places[h+1u]+g,places[h+2u]+g,places[h+3u]+g);}}}`,
    uses: { main: [[0, 1, 2, 3, 4, 5, 6]], many: [[0, 1, 2, 3, 4, 5, 6, 7]] },
  },
  'average-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32,padBottom:u32,padRight:u32,countPadding:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;fn Ed(s:i32,Ec:u32,Cb:u32,Y:i32,ca:i32)->vec2u{let oa=u32(max(ca-s,0))+Cb-1u;return vec2u((u32(max(Y-s,0))+Cb-1u)/Cb,min(Ec,oa/Cb));}fn ze(s:i32,Ec:u32,Cb:u32,S:u32,ig:u32,hg:u32)->f32{var Y=0;var ca=i32(S);if(sizes.countPadding==1u){Y=-i32(ig);ca=i32(S+hg);}let Dd=Ed(s,Ec,Cb,Y,ca);return f32(max(Dd.y,Dd.x)-Dd.x);}fn Xb(Qa:u32,Na:u32)->f32{let Ga=i32(Qa*sizes.strideY)-i32(sizes.padTop);let ma=i32(Na*sizes.strideX)-i32(sizes.padLeft);return max(ze(Ga,sizes.kernelHeight,sizes.dilationY,sizes.height,sizes.padTop,sizes.padBottom)*ze(ma,sizes.kernelWidth,sizes.dilationX,sizes.width,sizes.padLeft,sizes.padRight),1.);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let va=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*va){return;}let u=(g/va)*sizes.height*sizes.width;let Qa=(g/sizes.outputWidth)%sizes.outputHeight;let Na=g%sizes.outputWidth;let Ga=i32(Qa*sizes.strideY)-i32(sizes.padTop);let ma=i32(Na*sizes.strideX)-i32(sizes.padLeft);let ga=Ed(Ga,sizes.kernelHeight,sizes.dilationY,0,i32(sizes.height));let Ma=Ed(ma,sizes.kernelWidth,sizes.dilationX,0,i32(sizes.width));var B=0.;for(var xa=ga.x;xa<ga.y;xa++){let D=u+u32(Ga+i32(xa*sizes.dilationY))*sizes.width;for(var wa=Ma.x;wa<Ma.y;wa++){B+=input[D+u32(ma+i32(wa*sizes.dilationX))];}}output[g]=B/Xb(Qa,Na);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let va=sizes.height*sizes.width;if(g>=sizes.planes*va){return;}let u=(g/va)*sizes.outputHeight*sizes.outputWidth;let o=(g/sizes.width)%sizes.height+sizes.padTop;let e=g%sizes.width+sizes.padLeft;let ed=(sizes.kernelHeight-1u)*sizes.dilationY;let dd=(sizes.kernelWidth-1u)*sizes.dilationX;let Sf=(max(o,ed)-ed+sizes.strideY-1u)/sizes.strideY;let Rf=(max(e,dd)-dd+sizes.strideX-1u)/sizes.strideX;let Of=min(o/sizes.strideY+1u,sizes.outputHeight);let Nf=min(e/sizes.strideX+1u,sizes.outputWidth);var B=0.;for(var Qa=Sf;Qa<Of;Qa++){if((o-Qa*sizes.strideY)%sizes.dilationY!=0u){continue;}for(var Na=Rf;Na<Nf;Na++){if((e-Na*sizes.strideX)%sizes.dilationX!=0u){continue;}B+=input[u+Qa*sizes.outputWidth+Na]/Xb(Qa,Na);}}output[g]=B;}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2]] },
  },
  'batch-norm': {
    source: `struct Sizes{batch:u32,channels:u32,spatial:u32,splits:u32,runLength:u32,epsilon:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>mean:array<f32>;@group(0)@binding(3)var<storage,read>variance:array<f32>;@group(0)@binding(4)var<storage,read>scale:array<f32>;@group(0)@binding(5)var<storage,read>shift:array<f32>;@group(0)@binding(6)var<storage,read>cotangent:array<f32>;@group(0)@binding(7)var<storage,read_write>output:array<f32>;@group(0)@binding(8)var<storage,read>partials:array<f32>;@group(0)@binding(9)var<storage,read_write>scaleGradient:array<f32>;@group(0)@binding(10)var<storage,read_write>shiftGradient:array<f32>;@group(0)@binding(11)var<storage,read_write>table:array<vec4f>;fn Zd(d:u32)->vec2u{let Ha=sizes.batch*sizes.spatial;let Ye=(Ha+sizes.splits-1u)/sizes.splits;let s=(d%sizes.splits)*Ye;return vec2u(min(s,Ha),min(s+Ye,Ha));}struct lc{at:u32,planeEnd:u32}fn fe(Db:u32,V:u32)->lc{let u=((Db/sizes.spatial)*sizes.channels+V)*sizes.spatial;return lc(u+Db%sizes.spatial,u+sizes.spatial);}fn nb(Oa:lc)->lc{if(Oa.at+1u<Oa.planeEnd){return lc(Oa.at+1u,Oa.planeEnd);}let jf=sizes.channels*sizes.spatial;return lc(Oa.planeEnd+jf-sizes.spatial,Oa.planeEnd+jf);}fn Ac(V:u32)->f32{return sqrt(variance[V]+sizes.epsilon);}fn Xd(d:u32)->vec3u{let Qc=(sizes.spatial+sizes.runLength-1u)/sizes.runLength;let u=d/Qc;if(u>=sizes.batch*sizes.channels){return vec3u();}let s=(d-u*Qc)*sizes.runLength;let h=u*sizes.spatial;return vec3u(h+s,h+min(s+sizes.runLength,sizes.spatial),u%sizes.channels);}@compute@workgroup_size(64,1,1)fn partialSums(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.channels*sizes.splits){return;}let V=d/sizes.splits;let Ba=Zd(d);var B=0.;var Oa=fe(Ba.x,V);for(var K=Ba.x;K<Ba.y;K++){B+=input[Oa.at];Oa=nb(Oa);}output[d]=B;}@compute@workgroup_size(64,1,1)fn partialSquares(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.channels*sizes.splits){return;}let V=d/sizes.splits;let Ba=Zd(d);let dc=mean[V];var B=0.;var Oa=fe(Ba.x,V);for(var K=Ba.x;K<Ba.y;K++){let R=input[Oa.at]-dc;B+=R*R;Oa=nb(Oa);}output[d]=B;}@compute@workgroup_size(64,1,1)fn combine(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let V=f.x+f.y*n.x*64u;if(V>=sizes.channels){return;}var B=0.;for(var g=0u;g<sizes.splits;g++){B+=partials[V*sizes.splits+g];}output[V]=B/f32(sizes.batch*sizes.spatial);}@compute@workgroup_size(64,1,1)fn normalize(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let Ba=Xd(f.x+f.y*n.x*64u);let V=Ba.z;let dc=mean[V];let Cc=scale[V]/Ac(V);let xf=shift[V];for(var g=Ba.x;g<Ba.y;g++){output[g]=(input[g]-dc)*Cc+xf;}}@compute@workgroup_size(64,1,1)fn tabulate(@builtin(global_invocation_id)f:vec3u){let V=f.x;if(V>=sizes.channels){return;}table[V]=vec4f(mean[V],scale[V]/Ac(V),shift[V],0.);}@compute@workgroup_size(64,1,1)fn partialGradients(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.channels*sizes.splits){return;}let V=d/sizes.splits;let Ba=Zd(d);var B=0.;var cc=0.;let dc=mean[V];let md=1./Ac(V);var Oa=fe(Ba.x,V);for(var K=Ba.x;K<Ba.y;K++){let Zb=cotangent[Oa.at];B+=Zb;cc+=Zb*((input[Oa.at]-dc)*md);Oa=nb(Oa);}output[2u*d]=B;output[2u*d+1u]=cc;}@compute@workgroup_size(64,1,1)fn combineGradients(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let V=f.x+f.y*n.x*64u;if(V>=sizes.channels){return;}var B=0.;var cc=0.;for(var g=0u;g<sizes.splits;g++){B+=partials[2u*(V*sizes.splits+g)];cc+=partials[2u*(V*sizes.splits+g)+1u];}shiftGradient[V]=B;scaleGradient[V]=cc;}@group(0)@binding(9)var<storage,read>scaleSums:array<f32>;@group(0)@binding(10)var<storage,read>shiftSums:array<f32>;@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let Ba=Xd(f.x+f.y*n.x*64u);let V=Ba.z;let Ha=f32(sizes.batch*sizes.spatial);let dc=mean[V];let md=1./Ac(V);let If=shiftSums[V]/Ha;let Ea=scaleSums[V]/Ha*md;let Cc=scale[V]*md;for(var g=Ba.x;g<Ba.y;g++){output[g]=(cotangent[g]-If-(input[g]-dc)*Ea)*Cc;}}@compute@workgroup_size(64,1,1)fn inferenceGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let Ba=Xd(f.x+f.y*n.x*64u);let Cc=scale[Ba.z]/Ac(Ba.z);for(var g=Ba.x;g<Ba.y;g++){output[g]=cotangent[g]*Cc;}}`,
    uses: {
      partialSums: [[0, 1, 7]],
      partialSquares: [[0, 1, 2, 7]],
      combine: [[0, 7, 8]],
      normalize: [[0, 1, 2, 3, 4, 5, 7]],
      tabulate: [[0, 2, 3, 4, 5, 11]],
      partialGradients: [[0, 1, 2, 3, 6, 7]],
      combineGradients: [[0, 8, 9, 10]],
      inputGradient: [[0, 1, 2, 3, 4, 6, 7, 12, 13]],
      inferenceGradient: [[0, 3, 4, 6, 7]],
    },
  },
  bias: {
    source: `struct Sizes{segments:u32,segmentLength:u32,runLength:u32,channels:u32,biasStep:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>bias:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let Qc=(sizes.segmentLength+sizes.runLength-1u)/sizes.runLength;let nd=g/Qc;if(nd>=sizes.segments){return;}let s=(g-nd*Qc)*sizes.runLength;let ka=min(s+sizes.runLength,sizes.segmentLength);let h=nd*sizes.segmentLength;var V=select(nd%sizes.channels,s,sizes.biasStep==1u);for(var l=s;l<ka;l++){output[h+l]=input[h+l]+bias[V];V+=sizes.biasStep;}}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'binary-integer': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<i32>;@group(0)@binding(2)var<storage,read>b:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<i32>;fn Rb(e:i32,o:i32)->i32{if(o<0){if(e==-1){return select(1,-1,(o&1)==1);}return select(0,1,e==1);}var df=1;var ja=e;for(var W=o;W>0;W=W>>1u){if((W&1)==1){df*=ja;}ja*=ja;}return df;}fn nc(e:i32,o:i32)->i32{if(OPERATION==0u){return i32(e==o);}if(OPERATION==1u){return i32(e<o);}if(OPERATION==2u){return i32(e<=o);}if(OPERATION==3u){return i32(e>o);}if(OPERATION==4u){return i32(e>=o);}if(OPERATION==5u){return i32(e!=0&&o!=0);}if(OPERATION==6u){return i32(e!=0||o!=0);}if(OPERATION==7u){return i32((e!=0)!=(o!=0));}if(OPERATION==8u){return e+o;}if(OPERATION==9u){return e-o;}if(OPERATION==10u){return e*o;}if(OPERATION==11u){return e/o;}if(OPERATION==12u){return Rb(e,o);}if(OPERATION==13u){let i=e%o;return select(i,i+o,i!=0&&(i<0)!=(o<0));}if(OPERATION==14u){return e%o;}if(OPERATION==15u){return min(e,o);}return max(e,o);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}var W=g;var sb=0u;var tb=0u;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let i=(U-1u)%4u;let S=sizes.outputSize[v][i];let qa=W%S;W=W/S;sb+=qa*sizes.aStride[v][i];tb+=qa*sizes.bStride[v][i];}output[g]=nc(a[sb],b[tb]);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  binary: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(1)var<storage,read>a4:array<vec4f>;@group(0)@binding(2)var<storage,read>b4:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output4:array<vec4f>;fn Rb(e:f32,o:f32)->f32{if(o==0.){return 1.;}if(o==1.){return e;}if(o==2.){return e*e;}if(e==0.){return select(1./abs(e),0.,o>0.);}if(e>0.){return pow(e,o);}if(o!=floor(o)){return sqrt(e);}let S=pow(-e,o);return select(S,-S,o!=2.*floor(0.5*o));}fn Pb(e:f32,o:f32)->f32{var i=e-o*floor(e/o);if(i!=0.&&(i<0.)!=(o<0.)){i+=o;}if(abs(i)>=abs(o)){i-=o;}return i;}fn mg(e:f32,o:f32)->f32{return select(Pb(abs(e),abs(o)),-Pb(abs(e),abs(o)),e<0.);}fn kg(e:f32,o:f32)->f32{if(o==0.){return 0.;}return o*Rb(e,o-1.);}fn lg(e:f32,o:f32)->f32{if(e==0.&&o>=0.){return 0.;}return Rb(e,o)*log(e);}fn cd(e:f32,o:f32)->f32{if(OPERATION==5u){return Rb(e,o);}if(OPERATION==6u){return Pb(e,o);}if(OPERATION==7u){return mg(e,o);}if(OPERATION==11u){return kg(e,o);}return lg(e,o);}fn nc(e:vec4f,o:vec4f)->vec4f{if(OPERATION==0u){return e+o;}if(OPERATION==1u){return e-o;}if(OPERATION==2u){return e*o;}if(OPERATION==3u){return e/o;}if(OPERATION==4u){return select(vec4f(0.),e,o>vec4f(0.));}if(OPERATION==8u){return min(e,o);}if(OPERATION==9u){return max(e,o);}if(OPERATION==10u){return select(e*o,e,e>vec4f(0.));}return vec4f(cd(e.x,o.x),cd(e.y,o.y),cd(e.z,o.z),cd(e.w,o.w));}@compute@workgroup_size(64,1,1)fn same(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g*4u>=sizes.count){return;}output4[g]=nc(a4[g],b4[g]);}@compute@workgroup_size(64,1,1)fn broadcast(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}var W=g;var sb=0u;var tb=0u;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let i=(U-1u)%4u;let S=sizes.outputSize[v][i];let qa=W%S;W=W/S;sb+=qa*sizes.aStride[v][i];tb+=qa*sizes.bStride[v][i];}output[g]=nc(vec4f(a[sb]),vec4f(b[tb])).x;}`,
    uses: { same: [[0, 4, 5, 6]], broadcast: [[0, 1, 2, 3]] },
  },
  compare: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<u32>;@group(0)@binding(2)var<storage,read>b:array<u32>;@group(0)@binding(3)var<storage,read_write>output:array<i32>;fn Pe(Va:u32)->bool{return(Va&0x7fffffffu)>0x7f800000u;}fn nc(ke:u32,qe:u32)->i32{if(Pe(ke)||Pe(qe)){return 0;}let e=bitcast<f32>(ke);let o=bitcast<f32>(qe);if(OPERATION==0u){return i32(e==o);}if(OPERATION==1u){return i32(e<o);}if(OPERATION==2u){return i32(e<=o);}if(OPERATION==3u){return i32(e>o);}return i32(e>=o);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}var W=g;var sb=0u;var tb=0u;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let i=(U-1u)%4u;let S=sizes.outputSize[v][i];let qa=W%S;W=W/S;sb+=qa*sizes.aStride[v][i];tb+=qa*sizes.bStride[v][i];}output[g]=nc(a[sb],b[tb]);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'conv2d-depthwise-columns': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,flip:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn finished(H:f32,V:u32,h:u32)->f32{return H;}fn Eb(u:u32,L:i32,ha:u32)->f32{return select(0.,input[(u+u32(L))*sizes.inputWidth+ha],u32(L)<sizes.inputHeight);}@compute@workgroup_size(64,1,1)fn convolve(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let eb=(sizes.outputHeight+sizes.spreadHeight-1u)/sizes.spreadHeight;let fb=(eb+3u)/4u;let tc=m/sizes.outputWidth;let ha=m-tc*sizes.outputWidth;let hc=tc/fb;let Yb=(tc-hc*fb)*4u;let Gb=hc/sizes.spreadHeight;let Za=hc-Gb*sizes.spreadHeight;if(Gb>=sizes.batch*sizes.outputChannels){return;}let F=Gb/sizes.outputChannels;let N=Gb-F*sizes.outputChannels;let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let X=N/P;let E=sizes.kernelHeight*sizes.kernelWidth;let od=sizes.strideHeight*sizes.dilationHeight*sizes.spreadHeight==1u;let Mb=i32(Yb*sizes.strideHeight);var r=vec4f();for(var I=0u;I<J;I++){let u=(F*sizes.inputChannels+X*J+I)*sizes.inputHeight;let db=select(N*J+I,(X*J+I)*P+N-X*P,sizes.flip!=0u)*E;for(var C=0u;C<sizes.kernelWidth;C++){let za=i32(ha*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;let O=u32(za/i32(sizes.spreadWidth));if(za<0||za%i32(sizes.spreadWidth)!=0||O>=sizes.inputWidth){continue;}var Aa=vec4f();if(od){let L=Mb-sizes.padTop;Aa=vec4f(0.,Eb(u,L,O),Eb(u,L+1,O),Eb(u,L+2,O));}for(var g=0u;g<sizes.kernelHeight;g++){let Fa=i32(Za+g*sizes.dilationHeight)-sizes.padTop;if(Fa%i32(sizes.spreadHeight)!=0){continue;}let L=Mb+Fa/i32(sizes.spreadHeight);let step=i32(sizes.strideHeight);let oa=Eb(u,L+3*step,O);if(od){Aa=vec4f(Aa.yzw,oa);}else{Aa=vec4f(Eb(u,L,O),Eb(u,L+step,O),Eb(u,L+2*step,O),oa);}let ba=g*sizes.kernelWidth+C;r=fma(Aa,vec4f(weight[db+select(ba,E-1u-ba,sizes.flip!=0u)]),r);}}}for(var d=0u;d<4u;d++){let L=(Yb+d)*sizes.spreadHeight+Za;if(L<sizes.outputHeight){let h=(Gb*sizes.outputHeight+L)*sizes.outputWidth+ha;output[h]=finished(r[d],N,h);}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-depthwise-strips': {
    source: `struct Sizes{batch:u32,channels:u32,inputHeight:u32,inputWidth:u32,outputHeight:u32,outputWidth:u32,padTop:i32,firstStep:i32,steps:u32,stepsPerStrip:u32,imagesPerSplit:u32,flip:u32}const KERNEL=3u;const STRIDE=1u;const PAD_LEFT=1u;const VECTORS=0u;const Bb=KERNEL*KERNEL;const da=(KERNEL+STRIDE-1u)/STRIDE;const bd=3u*STRIDE+KERNEL;const Ya=4u*STRIDE;const ad=(KERNEL-1u-PAD_LEFT)/STRIDE;const Ua=ad+(Ya-1u+PAD_LEFT)/STRIDE+1u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>inputVectors:array<vec4f>;@group(0)@binding(3)var<storage,read>weight:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;@group(0)@binding(5)var<storage,read_write>outputVectors:array<vec4f>;@group(0)@binding(6)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(7)var<storage,read>cotangentVectors:array<vec4f>;@group(0)@binding(8)var<storage,read_write>inputCotangent:array<f32>;@group(0)@binding(9)var<storage,read_write>inputCotangentVectors:array<vec4f>;@group(0)@binding(10)var<storage,read_write>partials:array<f32>;fn finished(H:f32,V:u32,h:u32)->f32{return H;}fn finishedVectors(H:vec4f,V:u32,h:u32)->vec4f{return H;}struct ie{planeIndex:u32,tile:u32,begin:u32,end:u32}fn Tc(m:u32,fb:u32)->ie{let lf=(sizes.steps+sizes.stepsPerStrip-1u)/sizes.stepsPerStrip;let ha=m/fb;let u=ha/lf;let t=(ha-u*lf)*sizes.stepsPerStrip;return ie(u,m-ha*fb,t,min(t+sizes.stepsPerStrip,sizes.steps));}fn sd(u:u32)->array<f32,Bb>{let t=u%sizes.channels*Bb;var E:array<f32,Bb>;for(var d=0u;d<Bb;d++){E[d]=weight[t+select(d,Bb-1u-d,sizes.flip!=0u)];}return E;}fn hd(u:u32,L:u32,v:u32)->array<f32,bd>{let s=(u*sizes.inputHeight+L)*sizes.inputWidth;let ua=select(0u,sizes.inputWidth,L<sizes.inputHeight);let t=v*STRIDE-PAD_LEFT;var ia:array<f32,bd>;for(var d=0u;d<bd;d++){let M=(d+4u-PAD_LEFT%4u)%4u;if(VECTORS==1u&&d>=M&&d-M+4u<=bd){if(M==0u){let ib=inputVectors[(s+t+d)/4u];let jb=t+d<ua;ia[d]=select(0.,ib.x,jb);ia[d+1u]=select(0.,ib.y,jb);ia[d+2u]=select(0.,ib.z,jb);ia[d+3u]=select(0.,ib.w,jb);}}else{ia[d]=select(0.,input[s+t+d],t+d<ua);}}return ia;}fn xe(u:u32,j:u32,v:u32)->array<f32,Ua>{let s=(u*sizes.outputHeight+j)*sizes.outputWidth;let ua=select(0u,sizes.outputWidth,j<sizes.outputHeight);let t=v-ad;var ia:array<f32,Ua>;for(var d=0u;d<Ua;d++){let M=(d+4u-ad%4u)%4u;if(VECTORS==1u&&d>=M&&d-M+4u<=Ua){if(M==0u){let ib=cotangentVectors[(s+t+d)/4u];let jb=t+d<ua;ia[d]=select(0.,ib.x,jb);ia[d+1u]=select(0.,ib.y,jb);ia[d+2u]=select(0.,ib.z,jb);ia[d+3u]=select(0.,ib.w,jb);}}else{ia[d]=select(0.,outputCotangent[s+t+d],t+d<ua);}}return ia;}fn Ee(r:array<vec4f,da>,u:u32,j:u32,v:u32,E:array<f32,Bb>)->array<vec4f,da>{var nb=array<vec4f,da>();for(var R=1u;R<da;R++){nb[R]=r[R-1u];}for(var i=0u;i<STRIDE;i++){let ia=hd(u,u32(i32(j*STRIDE+i)-sizes.padTop),v);for(var R=0u;R<da;R++){let g=i+R*STRIDE;if(g<KERNEL){for(var C=0u;C<KERNEL;C++){let ib=vec4f(ia[C],ia[STRIDE+C],ia[2u*STRIDE+C],ia[3u*STRIDE+C]);nb[R]=fma(ib,vec4f(E[g*KERNEL+C]),nb[R]);}}}}return nb;}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let ea=Tc(f.x+f.y*(T.x*64u),(sizes.outputWidth+3u)/4u);if(ea.planeIndex>=sizes.batch*sizes.channels){return;}let v=ea.tile*4u;let E=sd(ea.planeIndex);var r:array<vec4f,da>;for(var j=ea.begin;j<ea.end+da-1u;j++){let nb=Ee(r,ea.planeIndex,j,v,E);for(var R=0u;R<da;R++){r[R]=nb[R];}if(j>=ea.begin+da-1u){let h=(ea.planeIndex*sizes.outputHeight+j-(da-1u))*sizes.outputWidth+v;for(var d=0u;d<4u;d++){if(v+d<sizes.outputWidth){output[h+d]=finished(r[da-1u][d],ea.planeIndex%sizes.channels,h+d);}}}}}@compute@workgroup_size(64,1,1)fn forwardVectors(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let ea=Tc(f.x+f.y*(T.x*64u),sizes.outputWidth/4u);if(ea.planeIndex>=sizes.batch*sizes.channels){return;}let v=ea.tile*4u;let E=sd(ea.planeIndex);var r:array<vec4f,da>;for(var j=ea.begin;j<ea.end+da-1u;j++){let nb=Ee(r,ea.planeIndex,j,v,E);for(var R=0u;R<da;R++){r[R]=nb[R];}if(j>=ea.begin+da-1u){let h=(ea.planeIndex*sizes.outputHeight+j-(da-1u))*sizes.outputWidth+v;outputVectors[h/4u]=finishedVectors(r[da-1u],ea.planeIndex%sizes.channels,h/4u);}}}fn Me(ga:array<f32,da*Ua>,E:array<f32,Bb>)->array<f32,STRIDE*Ya>{var r=array<f32,STRIDE*Ya>();for(var g=0u;g<KERNEL;g++){for(var C=0u;C<KERNEL;C++){for(var d=0u;d<Ya;d++){let za=d+PAD_LEFT+KERNEL*STRIDE-C;if(za%STRIDE==0u){let H=ga[g/STRIDE*Ua+za/STRIDE+ad-KERNEL];let h=g%STRIDE*Ya+d;r[h]=fma(H,E[g*KERNEL+C],r[h]);}}}}return r;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let ea=Tc(f.x+f.y*(T.x*64u),(sizes.inputWidth+Ya-1u)/Ya);if(ea.planeIndex>=sizes.batch*sizes.channels){return;}let O=ea.tile*Ya;let E=sd(ea.planeIndex);let t=sizes.firstStep+i32(ea.begin);var ga:array<f32,da*Ua>;for(var j=t-i32(da-1u);j<sizes.firstStep+i32(ea.end);j++){for(var d=da*Ua-1u;d>=Ua;d--){ga[d]=ga[d-Ua];}let D=xe(ea.planeIndex,u32(j),ea.tile*4u);for(var d=0u;d<Ua;d++){ga[d]=D[d];}if(j>=t){let r=Me(ga,E);for(var i=0u;i<STRIDE;i++){let L=u32(j*i32(STRIDE)+i32(i)-sizes.padTop);let h=(ea.planeIndex*sizes.inputHeight+L)*sizes.inputWidth+O;for(var d=0u;d<Ya;d++){if(L<sizes.inputHeight&&O+d<sizes.inputWidth){inputCotangent[h+d]=r[i*Ya+d];}}}}}}@compute@workgroup_size(64,1,1)fn inputGradientVectors(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let ea=Tc(f.x+f.y*(T.x*64u),(sizes.inputWidth+Ya-1u)/Ya);if(ea.planeIndex>=sizes.batch*sizes.channels){return;}let O=ea.tile*Ya;let E=sd(ea.planeIndex);let t=sizes.firstStep+i32(ea.begin);var ga:array<f32,da*Ua>;for(var j=t-i32(da-1u);j<sizes.firstStep+i32(ea.end);j++){for(var d=da*Ua-1u;d>=Ua;d--){ga[d]=ga[d-Ua];}let D=xe(ea.planeIndex,u32(j),ea.tile*4u);for(var d=0u;d<Ua;d++){ga[d]=D[d];}if(j>=t){let r=Me(ga,E);for(var i=0u;i<STRIDE;i++){let L=u32(j*i32(STRIDE)+i32(i)-sizes.padTop);let h=(ea.planeIndex*sizes.inputHeight+L)*sizes.inputWidth+O;for(var d=0u;d<Ya;d+=4u){if(L<sizes.inputHeight&&O+d<sizes.inputWidth){let G=i*Ya+d;inputCotangentVectors[(h+d)/4u]=vec4f(r[G],r[G+1u],r[G+2u],r[G+3u]);}}}}}}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let Z=m/sizes.channels;let V=m-Z*sizes.channels;let ea=Tc(Z,(sizes.outputWidth+3u)/4u);let Ld=ea.planeIndex*sizes.imagesPerSplit;if(Ld>=sizes.batch){return;}let v=ea.tile*4u;var r:array<vec4f,Bb>;for(var F=Ld;F<min(Ld+sizes.imagesPerSplit,sizes.batch);F++){let u=F*sizes.channels+V;var ga=array<vec4f,da>();for(var j=ea.begin;j<ea.end+da-1u;j++){for(var R=da-1u;R>0u;R--){ga[R]=ga[R-1u];}let h=(u*sizes.outputHeight+j)*sizes.outputWidth+v;let ua=select(0u,sizes.outputWidth,j<ea.end);if(VECTORS==1u){ga[0]=select(vec4f(),cotangentVectors[h/4u],v<ua);}else{ga[0]=vec4f(select(0.,outputCotangent[h],v<ua),select(0.,outputCotangent[h+1u],v+1u<ua),select(0.,outputCotangent[h+2u],v+2u<ua),select(0.,outputCotangent[h+3u],v+3u<ua));}for(var i=0u;i<STRIDE;i++){let ia=hd(u,u32(i32(j*STRIDE+i)-sizes.padTop),v);for(var R=0u;R<da;R++){let g=i+R*STRIDE;if(g<KERNEL){for(var C=0u;C<KERNEL;C++){let ib=vec4f(ia[C],ia[STRIDE+C],ia[2u*STRIDE+C],ia[3u*STRIDE+C]);r[g*KERNEL+C]=fma(ib,ga[R],r[g*KERNEL+C]);}}}}}}for(var d=0u;d<Bb;d++){partials[m*Bb+d]=r[d].x+r[d].y+r[d].z+r[d].w;}}`,
    uses: {
      forward: [[0, 1, 2, 3, 4], 'finished'],
      forwardVectors: [[0, 1, 2, 3, 5], 'finishedVectors'],
      inputGradient: [[0, 3, 6, 7, 8]],
      inputGradientVectors: [[0, 3, 6, 7, 9]],
      weightGradient: [[0, 1, 2, 6, 7, 10]],
    },
  },
  'conv2d-depthwise': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,flip:u32}const PIXELS=8u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn finished(H:f32,V:u32,h:u32)->f32{return H;}fn Sb(N:u32,ba:u32,E:u32)->f32{return weight[N*E+select(ba,E-1u-ba,sizes.flip!=0u)];}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let ab=(sizes.outputWidth+PIXELS-1u)/PIXELS;if(m>=sizes.batch*sizes.outputChannels*sizes.outputHeight*ab){return;}let Yd=m/ab;let v=(m-Yd*ab)*PIXELS;let Gb=Yd/sizes.outputHeight;let j=Yd-Gb*sizes.outputHeight;let F=Gb/sizes.outputChannels;let N=Gb-F*sizes.outputChannels;var ub=Gb;if(sizes.outputChannels!=sizes.groups){ub=F*sizes.groups+N/(sizes.outputChannels/sizes.groups);}let u=ub*sizes.inputHeight;let E=sizes.kernelHeight*sizes.kernelWidth;let od=sizes.strideWidth==1u&&sizes.dilationWidth==1u;var r:array<f32,PIXELS>;var Aa:array<f32,PIXELS>;for(var g=0u;g<sizes.kernelHeight;g++){let L=u32(i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop);let ua=select(0u,sizes.inputWidth,L<sizes.inputHeight);let D=(u+L)*sizes.inputWidth;if(od){let t=i32(v)-sizes.padLeft;for(var d=1u;d<PIXELS;d++){let O=u32(t+i32(d)-1);Aa[d]=select(0.,input[D+O],O<ua);}for(var C=0u;C<sizes.kernelWidth;C++){for(var d=1u;d<PIXELS;d++){Aa[d-1u]=Aa[d];}let O=u32(t+i32(PIXELS-1u+C));Aa[PIXELS-1u]=select(0.,input[D+O],O<ua);let H=Sb(N,g*sizes.kernelWidth+C,E);for(var d=0u;d<PIXELS;d++){r[d]+=Aa[d]*H;}}continue;}for(var C=0u;C<sizes.kernelWidth;C++){let H=Sb(N,g*sizes.kernelWidth+C,E);let t=i32(v*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;for(var d=0u;d<PIXELS;d++){let O=u32(t+i32(d*sizes.strideWidth));r[d]+=select(0.,input[D+O],O<ua)*H;}}}let h=((F*sizes.outputChannels+N)*sizes.outputHeight+j)*sizes.outputWidth+v;for(var d=0u;d<PIXELS;d++){if(v+d<sizes.outputWidth){output[h+d]=finished(r[d],N,h+d);}}}`,
    uses: { forward: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-direct': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,rowsPerStage:u32,channelsPerStage:u32}const VECTORS=1u;const kc=VECTORS*4u;const Ra=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;var<workgroup>be:array<vec4f,512>;fn finished(H:f32,V:u32,h:u32)->f32{return H;}@compute@workgroup_size(64,1,1)fn convolve(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let cb=(P+kc-1u)/kc;var m=workgroup.x+workgroup.y*T.x;let Ia=m%cb*kc;m/=cb;let X=m%sizes.groups;m/=sizes.groups;let ob=m%sizes.spreadWidth;m/=sizes.spreadWidth;let Za=m%sizes.spreadHeight;let hb=m/sizes.spreadHeight*256u;if(Za>=sizes.outputHeight||ob>=sizes.outputWidth){return;}let eb=(sizes.outputHeight-Za+sizes.spreadHeight-1u)/sizes.spreadHeight;let yb=(sizes.outputWidth-ob+sizes.spreadWidth-1u)/sizes.spreadWidth;let lb=sizes.batch*eb*yb;if(hb>=lb){return;}let ub=sizes.inputHeight*sizes.inputWidth;let Hc=sizes.outputHeight*sizes.outputWidth;var ga:array<i32,4>;var Ma:array<i32,4>;var Rc:array<u32,4>;var zc:array<u32,4>;for(var d=0u;d<4u;d++){let kb=min(hb+M+64u*d,lb-1u);let hc=kb/yb;let F=hc/eb;let D=hc-F*eb;let ha=kb-hc*yb;ga[d]=i32(D*sizes.strideHeight);Ma[d]=i32(ha*sizes.strideWidth);Rc[d]=(F*sizes.inputChannels+X*J)*ub;let h=(D*sizes.spreadHeight+Za)*sizes.outputWidth+ha*sizes.spreadWidth+ob;zc[d]=(F*sizes.outputChannels+X*P+Ia)*Hc+h;}let E=sizes.kernelHeight*sizes.kernelWidth;let la=(P+7u)/8u;let sg=sizes.rowsPerStage*sizes.kernelWidth*sizes.channelsPerStage*VECTORS;var r:array<vec4f,kc>;for(var t=0u;t<J;t+=sizes.channelsPerStage){for(var Ga=0u;Ga<sizes.kernelHeight;Ga+=sizes.rowsPerStage){for(var na=M;na<min(sg,512u);na+=64u){let tc=na/VECTORS;let ba=Ga*sizes.kernelWidth+tc/sizes.channelsPerStage;let I=t+tc%sizes.channelsPerStage;let bc=Ia/4u+na%VECTORS;if(I<J&&ba<E&&bc/2u<la){let Wa=(X*la+bc/2u)*J+I;be[na]=packed[(Wa*E+ba)*2u+bc%2u];}else{be[na]=vec4f();}}workgroupBarrier();let Ha=min(sizes.channelsPerStage,J-t);for(var g=Ga;g<min(sizes.kernelHeight,Ga+sizes.rowsPerStage);g++){let Fa=i32(Za+g*sizes.dilationHeight)-sizes.padTop;if(Fa%i32(sizes.spreadHeight)!=0){continue;}for(var C=0u;C<sizes.kernelWidth;C++){let za=i32(ob+C*sizes.dilationWidth)-sizes.padLeft;if(za%i32(sizes.spreadWidth)!=0){continue;}var ya:array<u32,4>;for(var d=0u;d<4u;d++){let L=u32(ga[d]+Fa/i32(sizes.spreadHeight));let O=u32(Ma[d]+za/i32(sizes.spreadWidth));let Jb=L<sizes.inputHeight&&O<sizes.inputWidth;ya[d]=select(Ra,Rc[d]+L*sizes.inputWidth+O,Jb);}let ee=((g-Ga)*sizes.kernelWidth+C)*sizes.channelsPerStage;for(var I=0u;I<Ha;I++){let s=(t+I)*ub;let Da=vec4f(select(0.,input[ya[0]+s],ya[0]!=Ra),select(0.,input[ya[1]+s],ya[1]!=Ra),select(0.,input[ya[2]+s],ya[2]!=Ra),select(0.,input[ya[3]+s],ya[3]!=Ra));for(var q=0u;q<VECTORS;q++){let ma=be[(ee+I)*VECTORS+q];for(var d=0u;d<4u;d++){r[4u*q+d]=fma(vec4f(ma[d]),Da,r[4u*q+d]);}}}}}workgroupBarrier();}}let step=min(sizes.batch,1u);for(var i=0u;i<min(kc,P-Ia);i+=step){var ia=r[0];for(var d=1u;d<kc;d++){ia=select(ia,r[d],d==i);}for(var d=0u;d<4u;d++){if(hb+M+64u*d<lb){let h=zc[d]+i*Hc;output[h]=finished(ia[d],X*P+Ia+i,h);}}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-input-gradient': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32}const PIXELS=8u;const Ra=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>inputCotangent:array<f32>;fn Ib(h:u32,u:u32,lb:u32,J:u32,r:array<array<vec4f,2>,PIXELS>){let step=min(sizes.batch,1u);for(var j=0u;j<min(lb,PIXELS);j+=step){var Y=r[0][0];var ca=r[0][1];for(var d=1u;d<PIXELS;d++){Y=select(Y,r[d][0],d==j);ca=select(ca,r[d][1],d==j);}let Mb=h+j*sizes.strideWidth;for(var q=0u;q<min(J,8u);q+=step){let ra=select(Y,ca,(q&4u)!=0u);let Sa=select(ra.xy,ra.zw,(q&2u)!=0u);inputCotangent[Mb+q*u]=select(Sa.x,Sa.y,(q&1u)!=0u);}}}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let la=(J+7u)/8u;let Dc=workgroup.x+workgroup.y*T.x;let Wa=Dc%la;let X=(Dc/la)%sizes.groups;let ob=(Dc/(la*sizes.groups))%sizes.strideWidth;let Za=(Dc/(la*sizes.groups*sizes.strideWidth))%sizes.strideHeight;let Ka=Dc/(la*sizes.groups*sizes.strideWidth*sizes.strideHeight)*64u+M;let eb=(sizes.inputHeight+sizes.strideHeight-1u)/sizes.strideHeight;let yb=(sizes.inputWidth+sizes.strideWidth-1u)/sizes.strideWidth;let ab=(yb+PIXELS-1u)/PIXELS;let O=Ka%ab*PIXELS*sizes.strideWidth+ob;let L=(Ka/ab)%eb*sizes.strideHeight+Za;let F=Ka/(ab*eb);if(F>=sizes.batch||L>=sizes.inputHeight||O>=sizes.inputWidth){return;}let Hc=sizes.outputHeight*sizes.outputWidth;let Ic=(F*sizes.outputChannels+X*P)*Hc;let E=sizes.kernelHeight*sizes.kernelWidth;let bb=(X*la+Wa)*P*E*2u;var r:array<array<vec4f,2>,PIXELS>;for(var g=0u;g<sizes.kernelHeight;g++){let Fa=i32(Za)+sizes.padTop-i32(g*sizes.dilationHeight);if(Fa%i32(sizes.strideHeight)!=0){continue;}let j=u32(Fa/i32(sizes.strideHeight)+i32(L/sizes.strideHeight));for(var C=0u;C<sizes.kernelWidth;C++){let za=i32(ob)+sizes.padLeft-i32(C*sizes.dilationWidth);if(za%i32(sizes.strideWidth)!=0){continue;}let v=u32(za/i32(sizes.strideWidth)+i32(O/sizes.strideWidth));var ya:array<u32,PIXELS>;for(var d=0u;d<PIXELS;d++){let Jb=j<sizes.outputHeight&&v+d<sizes.outputWidth;ya[d]=select(Ra,Ic+j*sizes.outputWidth+v+d,Jb);}var ba=bb+(E-1u-(g*sizes.kernelWidth+C))*2u;for(var N=0u;N<P;N++){let Y=packed[ba];let ca=packed[ba+1u];ba+=E*2u;for(var d=0u;d<PIXELS;d++){let o=select(0.,outputCotangent[ya[d]+N*Hc],ya[d]!=Ra);r[d][0]+=o*Y;r[d][1]+=o*ca;}}}}let u=sizes.inputHeight*sizes.inputWidth;let t=Wa*8u;let h=(F*sizes.inputChannels+X*J+t)*u+L*sizes.inputWidth+O;let lb=(sizes.inputWidth-O+sizes.strideWidth-1u)/sizes.strideWidth;Ib(h,u,lb,J-t,r);}`,
    uses: { inputGradient: [[0, 1, 2, 3]] },
  },
  'conv2d-naive': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(4)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(5)var<storage,read_write>inputCotangent:array<f32>;@group(0)@binding(6)var<storage,read_write>weightCotangent:array<f32>;@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);if(m>=sizes.batch*sizes.outputChannels*sizes.outputHeight*sizes.outputWidth){return;}let v=m%sizes.outputWidth;let j=(m/sizes.outputWidth)%sizes.outputHeight;let N=(m/(sizes.outputWidth*sizes.outputHeight))%sizes.outputChannels;let F=m/(sizes.outputWidth*sizes.outputHeight*sizes.outputChannels);let J=sizes.inputChannels/sizes.groups;let fd=N/(sizes.outputChannels/sizes.groups)*J;var Ca=0.;for(var I=0u;I<J;I++){for(var g=0u;g<sizes.kernelHeight;g++){let L=i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop;for(var C=0u;C<sizes.kernelWidth;C++){let O=i32(v*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;if(L>=0&&L<i32(sizes.inputHeight)&&O>=0&&O<i32(sizes.inputWidth)){let D=(F*sizes.inputChannels+fd+I)*sizes.inputHeight+u32(L);let ba=((N*J+I)*sizes.kernelHeight+g)*sizes.kernelWidth+C;Ca+=input[D*sizes.inputWidth+u32(O)]*weight[ba];}}}}output[m]=Ca;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);if(m>=sizes.batch*sizes.inputChannels*sizes.inputHeight*sizes.inputWidth){return;}let O=m%sizes.inputWidth;let L=(m/sizes.inputWidth)%sizes.inputHeight;let qc=(m/(sizes.inputWidth*sizes.inputHeight))%sizes.inputChannels;let F=m/(sizes.inputWidth*sizes.inputHeight*sizes.inputChannels);let J=sizes.inputChannels/sizes.groups;let Ge=sizes.outputChannels/sizes.groups;let I=qc%J;let Ia=qc/J*Ge;var Ca=0.;for(var g=0u;g<sizes.kernelHeight;g++){let Fa=i32(L)+sizes.padTop-i32(g*sizes.dilationHeight);if(Fa<0||u32(Fa)%sizes.strideHeight!=0u||u32(Fa)/sizes.strideHeight>=sizes.outputHeight){continue;}for(var C=0u;C<sizes.kernelWidth;C++){let za=i32(O)+sizes.padLeft-i32(C*sizes.dilationWidth);if(za<0||u32(za)%sizes.strideWidth!=0u||u32(za)/sizes.strideWidth>=sizes.outputWidth){continue;}let j=u32(Fa)/sizes.strideHeight;let v=u32(za)/sizes.strideWidth;for(var N=Ia;N<Ia+Ge;N++){let D=(F*sizes.outputChannels+N)*sizes.outputHeight+j;let ba=((N*J+I)*sizes.kernelHeight+g)*sizes.kernelWidth+C;Ca+=outputCotangent[D*sizes.outputWidth+v]*weight[ba];}}}inputCotangent[m]=Ca;}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let J=sizes.inputChannels/sizes.groups;if(m>=sizes.outputChannels*J*sizes.kernelHeight*sizes.kernelWidth){return;}let C=m%sizes.kernelWidth;let g=(m/sizes.kernelWidth)%sizes.kernelHeight;let I=(m/(sizes.kernelWidth*sizes.kernelHeight))%J;let N=m/(sizes.kernelWidth*sizes.kernelHeight*J);let qc=N/(sizes.outputChannels/sizes.groups)*J+I;var Ca=0.;for(var F=0u;F<sizes.batch;F++){for(var j=0u;j<sizes.outputHeight;j++){let L=i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop;if(L<0||L>=i32(sizes.inputHeight)){continue;}let hd=((F*sizes.inputChannels+qc)*sizes.inputHeight+u32(L))*sizes.inputWidth;let Xa=((F*sizes.outputChannels+N)*sizes.outputHeight+j)*sizes.outputWidth;for(var v=0u;v<sizes.outputWidth;v++){let O=i32(v*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;if(O>=0&&O<i32(sizes.inputWidth)){Ca+=outputCotangent[Xa+v]*input[hd+u32(O)];}}}}weightCotangent[m]=Ca;}`,
    uses: { forward: [[0, 1, 2, 3]], inputGradient: [[0, 2, 4, 5]], weightGradient: [[0, 1, 4, 6]] },
  },
  'conv2d-pack-weights': {
    source: `struct Sizes{outputChannels:u32,inputChannels:u32,kernelHeight:u32,kernelWidth:u32,groups:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>weight:array<f32>;@group(0)@binding(2)var<storage,read_write>packed:array<f32>;@compute@workgroup_size(64,1,1)fn pack(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let E=sizes.kernelHeight*sizes.kernelWidth;let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let la=(P+7u)/8u;if(m>=sizes.groups*la*J*E*8u){return;}let ba=(m/8u)%E;let I=(m/(8u*E))%J;let Ka=(m/(8u*E*J))%la;let X=m/(8u*E*J*la);let N=Ka*8u+m%8u;var H=0.;if(N<P){H=weight[((X*P+N)*J+I)*E+ba];}packed[m]=H;}@compute@workgroup_size(64,1,1)fn packTransposed(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let E=sizes.kernelHeight*sizes.kernelWidth;let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let la=(J+7u)/8u;if(m>=sizes.groups*la*P*E*8u){return;}let ba=(m/8u)%E;let N=(m/(8u*E))%P;let Ka=(m/(8u*E*P))%la;let X=m/(8u*E*P*la);let I=Ka*8u+m%8u;var H=0.;if(I<J){H=weight[((X*P+N)*J+I)*E+(E-1u-ba)];}packed[m]=H;}`,
    uses: { pack: [[0, 1, 2]], packTransposed: [[0, 1, 2]] },
  },
  'conv2d-tiled': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,splits:u32,channelsPerSplit:u32}const CHANNELS=4u;const PIXELS=4u;const DEPTH=8u;const vd=CHANNELS/4u;const Ub=PIXELS/4u;const Ta=CHANNELS*2u;const Tb=PIXELS*2u;const Ra=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;var<workgroup>rf:array<vec4f,272>;var<workgroup>bf:array<vec4f,272>;fn finished(H:f32,V:u32,h:u32)->f32{return H;}@compute@workgroup_size(64,1,1)fn convolve(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let yc=(P+8u*CHANNELS-1u)/(8u*CHANNELS);var m=workgroup.x+workgroup.y*T.x;let Ia=m%yc*8u*CHANNELS;m/=yc;let X=m%sizes.groups;m/=sizes.groups;let ob=m%sizes.spreadWidth;m/=sizes.spreadWidth;let Za=m%sizes.spreadHeight;m/=sizes.spreadHeight;let Z=m%sizes.splits;let hb=m/sizes.splits*8u*PIXELS;if(Za>=sizes.outputHeight||ob>=sizes.outputWidth){return;}let eb=(sizes.outputHeight-Za+sizes.spreadHeight-1u)/sizes.spreadHeight;let yb=(sizes.outputWidth-ob+sizes.spreadWidth-1u)/sizes.spreadWidth;let lb=sizes.batch*eb*yb;if(hb>=lb){return;}let ub=sizes.inputHeight*sizes.inputWidth;let af=M%Tb;var ga:array<i32,4>;var Ma:array<i32,4>;var Rc:array<u32,4>;for(var d=0u;d<4u;d++){let kb=min(hb+af+Tb*d,lb-1u);let D=kb/yb;let F=D/eb;ga[d]=i32((D-F*eb)*sizes.strideHeight);Ma[d]=i32((kb-D*yb)*sizes.strideWidth);Rc[d]=(F*sizes.inputChannels+X*J)*ub;}let Fd=M%Ta;let E=sizes.kernelHeight*sizes.kernelWidth;let la=(P+7u)/8u;let Wa=(Ia/8u)+Fd/2u;let Df=(X*la+min(Wa,la-1u))*J*E*2u+Fd%2u;let fd=Z*sizes.channelsPerSplit;let ka=min(J,fd+sizes.channelsPerSplit);let Fc=M/8u;let fc=M%8u;var r:array<array<vec4f,Ub>,CHANNELS>;for(var g=0u;g<sizes.kernelHeight;g++){let Fa=i32(Za+g*sizes.dilationHeight)-sizes.padTop;if(Fa%i32(sizes.spreadHeight)!=0){continue;}for(var C=0u;C<sizes.kernelWidth;C++){let za=i32(ob+C*sizes.dilationWidth)-sizes.padLeft;if(za%i32(sizes.spreadWidth)!=0){continue;}var ya:array<u32,4>;for(var d=0u;d<4u;d++){let L=u32(ga[d]+Fa/i32(sizes.spreadHeight));let O=u32(Ma[d]+za/i32(sizes.spreadWidth));let Jb=L<sizes.inputHeight&&O<sizes.inputWidth;ya[d]=select(Ra,Rc[d]+L*sizes.inputWidth+O,Jb);}let ee=Df+(g*sizes.kernelWidth+C)*2u;for(var t=fd;t<ka;t+=DEPTH){for(var na=M;na<DEPTH*Ta;na+=64u){let l=na/Ta;let xg=packed[ee+(t+l)*E*2u];let oc=t+l<ka&&Wa<la;rf[l*(Ta+1u)+Fd]=select(vec4f(),xg,oc);}for(var na=M;na<DEPTH*Tb;na+=64u){let l=na/Tb;let s=(t+l)*ub;let oc=t+l<ka;bf[l*(Tb+1u)+af]=vec4f(select(0.,input[ya[0]+s],oc&&ya[0]!=Ra),select(0.,input[ya[1]+s],oc&&ya[1]!=Ra),select(0.,input[ya[2]+s],oc&&ya[2]!=Ra),select(0.,input[ya[3]+s],oc&&ya[3]!=Ra));}workgroupBarrier();for(var l=0u;l<DEPTH;l++){var Da:array<vec4f,Ub>;for(var q=0u;q<Ub;q++){Da[q]=bf[l*(Tb+1u)+fc+8u*q];}for(var La=0u;La<vd;La++){let ma=rf[l*(Ta+1u)+Fc+8u*La];for(var d=0u;d<4u;d++){for(var q=0u;q<Ub;q++){r[4u*La+d][q]=fma(vec4f(ma[d]),Da[q],r[4u*La+d][q]);}}}}workgroupBarrier();}}}let u=sizes.outputHeight*sizes.outputWidth;let ja=(Z*sizes.batch*sizes.outputChannels+X*P+Ia)*u;var zc:array<array<u32,4>,Ub>;for(var q=0u;q<Ub;q++){for(var d=0u;d<4u;d++){let kb=hb+fc+8u*q+Tb*d;let D=kb/yb;let F=D/eb;let L=(D-F*eb)*sizes.spreadHeight+Za;let O=(kb-D*yb)*sizes.spreadWidth+ob;zc[q][d]=ja+F*sizes.outputChannels*u+L*sizes.outputWidth+O;}}let step=min(sizes.batch,1u);for(var i=0u;i<CHANNELS;i+=step){var ia=r[0];for(var d=1u;d<CHANNELS;d++){for(var q=0u;q<Ub;q++){ia[q]=select(ia[q],r[d][q],d==i);}}let N=4u*Fc+32u*(i/4u)+i%4u;for(var q=0u;q<Ub;q++){for(var d=0u;d<4u;d++){if(Ia+N<P&&hb+fc+8u*q+Tb*d<lb){let h=zc[q][d]+N*u;output[h]=finished(ia[q][d],X*P+Ia+N,h);}}}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-weight-gradient-tiled': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,splits:u32,pixelsPerSplit:u32}const CHANNELS=4u;const COLUMNS=4u;const vd=CHANNELS/4u;const gb=COLUMNS/4u;const Ta=CHANNELS*2u;const Pa=COLUMNS*2u;const da=16u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>partials:array<f32>;var<workgroup>ye:array<vec4f,272>;var<workgroup>Ne:array<vec4f,272>;var<workgroup>pf:array<vec4i,64>;fn gd(ha:u32,s:i32,L:i32,O:i32)->f32{let ba=pf[ha];let jb=u32(L+ba.y)<sizes.inputHeight&&u32(O+ba.z)<sizes.inputWidth;return select(0.,input[u32(s+ba.x)],jb);}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let Vd=sizes.kernelHeight*sizes.kernelWidth;let E=J*Vd;let qb=(E+8u*COLUMNS-1u)/(8u*COLUMNS);let yc=(P+8u*CHANNELS-1u)/(8u*CHANNELS);var m=workgroup.x+workgroup.y*T.x;let bb=m%qb*8u*COLUMNS;m/=qb;let Ia=m%yc*8u*CHANNELS;m/=yc;let X=m%sizes.groups;let Z=m/sizes.groups;if(Z>=sizes.splits){return;}if(M<8u*COLUMNS){let ba=bb+M;let I=ba/Vd;let g=ba%Vd/sizes.kernelWidth;let Fa=i32(g*sizes.dilationHeight)-sizes.padTop;let za=i32(ba%sizes.kernelWidth*sizes.dilationWidth)-sizes.padLeft;let h=(i32((X*J+I)*sizes.inputHeight)+Fa)*i32(sizes.inputWidth)+za;pf[M]=vec4i(h,select(-1073741824,Fa,ba<E),za,0);}workgroupBarrier();let u=sizes.outputHeight*sizes.outputWidth;let ka=min(sizes.batch*u,(Z+1u)*sizes.pixelsPerSplit);let Fc=M/8u;let Gc=M%8u;let fc=M%da;var r:array<array<vec4f,gb>,CHANNELS>;for(var t=Z*sizes.pixelsPerSplit;t<ka;t+=da){let kb=t+fc;let F=kb/u;let Ud=kb-F*u;let j=Ud/sizes.outputWidth;let ua=select(0u,P,kb<ka);let Kf=(F*sizes.outputChannels+X*P)*u+Ud;for(var na=M/da;na<Ta;na+=64u/da){let N=Ia+na;let h=Kf+N*u;ye[fc*(Ta+1u)+na]=vec4f(select(0.,outputCotangent[h],N<ua),select(0.,outputCotangent[h+Ta*u],N+Ta<ua),select(0.,outputCotangent[h+2u*Ta*u],N+2u*Ta<ua),select(0.,outputCotangent[h+3u*Ta*u],N+3u*Ta<ua));}let L=select(-1073741824,i32(j*sizes.strideHeight),kb<ka);let O=i32((Ud-j*sizes.outputWidth)*sizes.strideWidth);let Td=F*sizes.inputChannels*sizes.inputHeight*sizes.inputWidth;let rc=i32(Td+j*sizes.strideHeight*sizes.inputWidth)+O;for(var na=M/da;na<Pa;na+=64u/da){Ne[fc*(Pa+1u)+na]=vec4f(gd(na,rc,L,O),gd(na+Pa,rc,L,O),gd(na+2u*Pa,rc,L,O),gd(na+3u*Pa,rc,L,O));}workgroupBarrier();for(var l=0u;l<da;l++){var Da:array<vec4f,gb>;for(var q=0u;q<gb;q++){Da[q]=Ne[l*(Pa+1u)+Gc+8u*q];}for(var La=0u;La<vd;La++){let ma=ye[l*(Ta+1u)+Fc+8u*La];for(var d=0u;d<4u;d++){for(var q=0u;q<gb;q++){r[4u*La+d][q]=fma(vec4f(ma[d]),Da[q],r[4u*La+d][q]);}}}}workgroupBarrier();}let step=min(sizes.batch,1u);for(var i=0u;i<CHANNELS;i+=step){var ia=r[0];for(var d=1u;d<CHANNELS;d++){for(var q=0u;q<gb;q++){ia[q]=select(ia[q],r[d][q],d==i);}}let N=Ia+Fc+8u*(i/4u)+Ta*(i%4u);let s=((Z*sizes.groups+X)*P+N)*E;for(var q=0u;q<gb;q++){for(var d=0u;d<4u;d++){let ba=bb+Gc+8u*q+Pa*d;if(N<P&&ba<E){partials[s+ba]=ia[q][d];}}}}}`,
    uses: { weightGradient: [[0, 1, 2, 3]] },
  },
  'conv2d-weight-gradient': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,splits:u32,rowsPerSplit:u32}const Kb=5u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>partials:array<f32>;@group(0)@binding(4)var<storage,read>partialSums:array<f32>;@group(0)@binding(5)var<storage,read_write>weightCotangent:array<f32>;@group(0)@binding(6)var<storage,read>inputVectors:array<vec4f>;@group(0)@binding(7)var<storage,read>cotangentVectors:array<vec4f>;fn Ib(h:u32,E:u32,Wc:u32,Ef:u32,r:array<array<vec4f,2>,8>){let step=min(sizes.batch,1u);for(var i=0u;i<min(8u,Wc);i+=step){var Y=r[0][0];var ca=r[0][1];for(var d=1u;d<8u;d++){Y=select(Y,r[d][0],d==i);ca=select(ca,r[d][1],d==i);}for(var q=0u;q<min(8u,Ef);q+=step){let ra=select(Y,ca,(q&4u)!=0u);let Sa=select(ra.xy,ra.zw,(q&2u)!=0u);partials[h+i+q*E]=select(Sa.x,Sa.y,(q&1u)!=0u);}}}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let E=J*sizes.kernelHeight*sizes.kernelWidth;let qb=(E+7u)/8u;let cb=(P+7u)/8u;let fb=qb*cb*sizes.groups;if(m>=fb*sizes.splits){return;}let bb=m%qb*8u;let wb=(m/qb)%cb;let X=(m/(qb*cb))%sizes.groups;let Z=m/fb;let u=sizes.outputHeight*sizes.outputWidth;var Kc:array<u32,8>;var Be:array<i32,8>;var Ad:array<i32,8>;var sa:array<u32,8>;for(var d=0u;d<8u;d++){let ba=min(bb+d,E-1u);Kc[d]=(X*J+ba/(sizes.kernelHeight*sizes.kernelWidth))*sizes.inputHeight;Be[d]=i32(ba/sizes.kernelWidth%sizes.kernelHeight*sizes.dilationHeight)-sizes.padTop;Ad[d]=i32(ba%sizes.kernelWidth*sizes.dilationWidth)-sizes.padLeft;sa[d]=(X*P+min(wb*8u+d,P-1u))*u;}var r:array<array<vec4f,2>,8>;let Bc=min((Z+1u)*sizes.rowsPerSplit,sizes.batch*sizes.outputHeight);for(var Xa=Z*sizes.rowsPerSplit;Xa<Bc;Xa++){let F=Xa/sizes.outputHeight;let j=Xa%sizes.outputHeight;let Td=F*sizes.inputChannels*sizes.inputHeight;var ga:array<u32,8>;var Te:array<u32,8>;for(var d=0u;d<8u;d++){let L=u32(i32(j*sizes.strideHeight)+Be[d]);ga[d]=(Td+Kc[d]+L)*sizes.inputWidth+u32(Ad[d]);Te[d]=select(0u,sizes.inputWidth,L<sizes.inputHeight);}let Ic=F*sizes.outputChannels*u+j*sizes.outputWidth;for(var v=0u;v<sizes.outputWidth;v++){let o=Ic+v;let Y=vec4f(outputCotangent[sa[0]+o],outputCotangent[sa[1]+o],outputCotangent[sa[2]+o],outputCotangent[sa[3]+o]);let ca=vec4f(outputCotangent[sa[4]+o],outputCotangent[sa[5]+o],outputCotangent[sa[6]+o],outputCotangent[sa[7]+o]);let za=v*sizes.strideWidth;for(var d=0u;d<8u;d++){let e=select(0.,input[ga[d]+za],za+u32(Ad[d])<Te[d]);r[d][0]+=e*Y;r[d][1]+=e*ca;}}}let h=Z*sizes.outputChannels*E+(X*P+wb*8u)*E+bb;Ib(h,E,E-bb,P-wb*8u,r);}@compute@workgroup_size(64,1,1)fn weightGradientPointwise(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let E=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let qb=(E+7u)/8u;let cb=(P+7u)/8u;let fb=qb*cb*sizes.groups;if(m>=fb*sizes.splits){return;}let bb=m%qb*8u;let wb=(m/qb)%cb;let X=(m/(qb*cb))%sizes.groups;let Z=m/fb;let u=sizes.outputHeight;var Kc:array<u32,8>;var sa:array<u32,8>;for(var d=0u;d<8u;d++){Kc[d]=(X*E+min(bb+d,E-1u))*u;sa[d]=(X*P+min(wb*8u+d,P-1u))*u;}var r:array<array<vec4f,2>,8>;var Db=Z*sizes.rowsPerSplit;let ka=min(Db+sizes.rowsPerSplit,sizes.batch*u);while(Db<ka){let F=Db/u;let jg=min(ka,(F+1u)*u);var e=Db-F*u+F*sizes.inputChannels*u;var o=Db-F*u+F*sizes.outputChannels*u;while(Db<jg){let A=cotangentVectors[sa[0]+o];let ta=cotangentVectors[sa[1]+o];let I=cotangentVectors[sa[2]+o];let R=cotangentVectors[sa[3]+o];let Y=transpose(mat4x4<f32>(A,ta,I,R));let K=cotangentVectors[sa[4]+o];let Qf=cotangentVectors[sa[5]+o];let Zb=cotangentVectors[sa[6]+o];let L=cotangentVectors[sa[7]+o];let ca=transpose(mat4x4<f32>(K,Qf,Zb,L));for(var d=0u;d<8u;d++){let H=inputVectors[Kc[d]+e];for(var l=0u;l<4u;l++){r[d][0]=fma(vec4f(H[l]),Y[l],r[d][0]);r[d][1]=fma(vec4f(H[l]),ca[l],r[d][1]);}}Db++;e++;o++;}}let h=Z*sizes.outputChannels*E+(X*P+wb*8u)*E+bb;Ib(h,E,E-bb,P-wb*8u,r);}@compute@workgroup_size(64,1,1)fn weightGradientRow(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let Xc=J*sizes.kernelHeight;let cb=(P+7u)/8u;let fb=Xc*cb*sizes.groups;if(m>=fb*sizes.splits){return;}let de=m%Xc;let wb=(m/Xc)%cb;let X=(m/(Xc*cb))%sizes.groups;let Z=m/fb;let V=X*J+de/sizes.kernelHeight;let Fa=i32(de%sizes.kernelHeight*sizes.dilationHeight)-sizes.padTop;let u=sizes.outputHeight*sizes.outputWidth;var sa:array<u32,8>;for(var d=0u;d<8u;d++){sa[d]=(X*P+min(wb*8u+d,P-1u))*u;}var r:array<array<vec4f,2>,Kb>;var Aa:array<f32,Kb>;let Bc=min((Z+1u)*sizes.rowsPerSplit,sizes.batch*sizes.outputHeight);for(var Xa=Z*sizes.rowsPerSplit;Xa<Bc;Xa++){let F=Xa/sizes.outputHeight;let j=Xa%sizes.outputHeight;let L=u32(i32(j*sizes.strideHeight)+Fa);let ua=select(0u,sizes.inputWidth,L<sizes.inputHeight);let D=((F*sizes.inputChannels+V)*sizes.inputHeight+L)*sizes.inputWidth;let Ic=F*sizes.outputChannels*u+j*sizes.outputWidth;for(var d=1u;d<Kb;d++){let O=u32(i32(d)-1-sizes.padLeft);Aa[d]=select(0.,input[D+O],O<ua);}for(var v=0u;v<sizes.outputWidth;v++){for(var d=1u;d<Kb;d++){Aa[d-1u]=Aa[d];}let O=u32(i32(v+Kb-1u)-sizes.padLeft);Aa[Kb-1u]=select(0.,input[D+O],O<ua);let o=Ic+v;let Y=vec4f(outputCotangent[sa[0]+o],outputCotangent[sa[1]+o],outputCotangent[sa[2]+o],outputCotangent[sa[3]+o]);let ca=vec4f(outputCotangent[sa[4]+o],outputCotangent[sa[5]+o],outputCotangent[sa[6]+o],outputCotangent[sa[7]+o]);for(var d=0u;d<Kb;d++){r[d][0]+=Aa[d]*Y;r[d][1]+=Aa[d]*ca;}}}let step=min(sizes.batch,1u);let E=Xc*sizes.kernelWidth;let h=Z*sizes.outputChannels*E+(X*P+wb*8u)*E+de*sizes.kernelWidth;for(var i=0u;i<min(Kb,sizes.kernelWidth);i+=step){var Y=r[0][0];var ca=r[0][1];for(var d=1u;d<Kb;d++){Y=select(Y,r[d][0],d==i);ca=select(ca,r[d][1],d==i);}for(var q=0u;q<min(8u,P-wb*8u);q+=step){let ra=select(Y,ca,(q&4u)!=0u);let Sa=select(ra.xy,ra.zw,(q&2u)!=0u);partials[h+i+q*E]=select(Sa.x,Sa.y,(q&1u)!=0u);}}}@compute@workgroup_size(64,1,1)fn singleTap(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let J=sizes.inputChannels/sizes.groups;let Nb=sizes.outputChannels*J*sizes.kernelHeight*sizes.kernelWidth;if(m>=Nb*sizes.splits){return;}let Z=m/Nb;let C=m%sizes.kernelWidth;let g=(m/sizes.kernelWidth)%sizes.kernelHeight;let I=(m/(sizes.kernelWidth*sizes.kernelHeight))%J;let N=(m%Nb)/(sizes.kernelWidth*sizes.kernelHeight*J);let qc=N/(sizes.outputChannels/sizes.groups)*J+I;var Ca=0.;let Bc=min((Z+1u)*sizes.rowsPerSplit,sizes.batch*sizes.outputHeight);for(var Xa=Z*sizes.rowsPerSplit;Xa<Bc;Xa++){let F=Xa/sizes.outputHeight;let j=Xa%sizes.outputHeight;let L=i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop;if(L<0||L>=i32(sizes.inputHeight)){continue;}let D=((F*sizes.inputChannels+qc)*sizes.inputHeight+u32(L))*sizes.inputWidth;let s=((F*sizes.outputChannels+N)*sizes.outputHeight+j)*sizes.outputWidth;for(var v=0u;v<sizes.outputWidth;v++){let O=u32(i32(v*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft);Ca+=outputCotangent[s+v]*select(0.,input[D+O],O<sizes.inputWidth);}}partials[m]=Ca;}@compute@workgroup_size(64,1,1)fn reducePartials(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let J=sizes.inputChannels/sizes.groups;let Nb=sizes.outputChannels*J*sizes.kernelHeight*sizes.kernelWidth;if(m>=Nb){return;}var Ca=0.;for(var Z=0u;Z<sizes.splits;Z++){Ca+=partialSums[Z*Nb+m];}weightCotangent[m]=Ca;}`,
    uses: {
      weightGradient: [[0, 1, 2, 3]],
      weightGradientPointwise: [[0, 3, 6, 7]],
      weightGradientRow: [[0, 1, 2, 3]],
      singleTap: [[0, 1, 2, 3]],
      reducePartials: [[0, 4, 5]],
    },
  },
  conv2d: {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32}const PIXELS=8u;const Ra=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(4)var<storage,read>inputVectors:array<vec4f>;@group(0)@binding(5)var<storage,read_write>outputVectors:array<vec4f>;fn finished(H:f32,V:u32,h:u32)->f32{return H;}fn finishedVectors(H:vec4f,V:u32,h:u32)->vec4f{return H;}fn Eb(D:u32,ha:i32,ua:u32)->f32{return select(0.,input[D+u32(ha)],u32(ha)<ua);}fn Ib(h:u32,u:u32,lb:u32,t:u32,J:u32,r:array<array<vec4f,2>,PIXELS>){let step=min(sizes.batch,1u);for(var j=0u;j<min(lb,PIXELS);j+=step){var Y=r[0][0];var ca=r[0][1];for(var d=1u;d<PIXELS;d++){Y=select(Y,r[d][0],d==j);ca=select(ca,r[d][1],d==j);}let Mb=h+j;for(var q=0u;q<min(J,8u);q+=step){let ra=select(Y,ca,(q&4u)!=0u);let Sa=select(ra.xy,ra.zw,(q&2u)!=0u);let H=select(Sa.x,Sa.y,(q&1u)!=0u);output[Mb+q*u]=finished(H,t+q,Mb+q*u);}}}@compute@workgroup_size(64,1,1)fn forwardRow(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let la=(P+7u)/8u;let zb=workgroup.x+workgroup.y*T.x;let Wa=zb%la;let X=(zb/la)%sizes.groups;let Ka=zb/(la*sizes.groups)*64u+M;let ab=(sizes.outputWidth+PIXELS-1u)/PIXELS;if(Ka>=sizes.batch*sizes.outputHeight*ab){return;}let v=Ka%ab*PIXELS;let j=(Ka/ab)%sizes.outputHeight;let F=Ka/(ab*sizes.outputHeight);let pc=i32(v)-sizes.padLeft;let Yb=i32(j*sizes.strideHeight)-sizes.padTop;var r:array<array<vec4f,2>,PIXELS>;var Aa:array<f32,PIXELS>;var ba=(X*la+Wa)*J*sizes.kernelHeight*sizes.kernelWidth*2u;for(var I=0u;I<J;I++){let u=(F*sizes.inputChannels+X*J+I)*sizes.inputHeight;for(var g=0u;g<sizes.kernelHeight;g++){let L=u32(Yb+i32(g*sizes.dilationHeight));let ua=select(0u,sizes.inputWidth,L<sizes.inputHeight);let D=(u+L)*sizes.inputWidth;for(var d=1u;d<PIXELS;d++){Aa[d]=Eb(D,pc+i32(d)-1,ua);}for(var C=0u;C<sizes.kernelWidth;C++){for(var d=1u;d<PIXELS;d++){Aa[d-1u]=Aa[d];}Aa[PIXELS-1u]=Eb(D,pc+i32(PIXELS-1u+C),ua);let Y=packed[ba];let ca=packed[ba+1u];ba+=2u;for(var d=0u;d<PIXELS;d++){r[d][0]=fma(vec4f(Aa[d]),Y,r[d][0]);r[d][1]=fma(vec4f(Aa[d]),ca,r[d][1]);}}}}let u=sizes.outputHeight*sizes.outputWidth;let t=X*P+Wa*8u;let h=(F*sizes.outputChannels+t)*u+j*sizes.outputWidth+v;Ib(h,u,sizes.outputWidth-v,t,(X+1u)*P-t,r);}@compute@workgroup_size(64,1,1)fn forwardPixels(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let la=(P+7u)/8u;let zb=workgroup.x+workgroup.y*T.x;let Wa=zb%la;let X=(zb/la)%sizes.groups;let Ka=zb/(la*sizes.groups)*64u+M;let u=sizes.outputHeight*sizes.outputWidth;let jc=(u+PIXELS-1u)/PIXELS;if(Ka>=sizes.batch*jc){return;}let hb=Ka%jc*PIXELS;let F=Ka/jc;let ub=sizes.inputHeight*sizes.inputWidth;let rc=(F*sizes.inputChannels+X*J)*ub;let E=sizes.kernelHeight*sizes.kernelWidth;let bb=(X*la+Wa)*J*E*2u;var ga:array<i32,PIXELS>;var Ma:array<i32,PIXELS>;for(var d=0u;d<PIXELS;d++){ga[d]=i32((hb+d)/sizes.outputWidth*sizes.strideHeight)-sizes.padTop;Ma[d]=i32((hb+d)%sizes.outputWidth*sizes.strideWidth)-sizes.padLeft;}var r:array<array<vec4f,2>,PIXELS>;for(var g=0u;g<sizes.kernelHeight;g++){for(var C=0u;C<sizes.kernelWidth;C++){var ya:array<u32,PIXELS>;for(var d=0u;d<PIXELS;d++){let L=u32(ga[d]+i32(g*sizes.dilationHeight));let O=u32(Ma[d]+i32(C*sizes.dilationWidth));let Jb=L<sizes.inputHeight&&O<sizes.inputWidth;ya[d]=select(Ra,rc+L*sizes.inputWidth+O,Jb);}var ba=bb+(g*sizes.kernelWidth+C)*2u;for(var I=0u;I<J;I++){let Y=packed[ba];let ca=packed[ba+1u];ba+=E*2u;for(var d=0u;d<PIXELS;d++){let e=select(0.,input[ya[d]+I*ub],ya[d]!=Ra);r[d][0]+=e*Y;r[d][1]+=e*ca;}}}}let t=X*P+Wa*8u;let h=(F*sizes.outputChannels+t)*u+hb;Ib(h,u,u-hb,t,(X+1u)*P-t,r);}@compute@workgroup_size(64,1,1)fn forwardPointwise(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let J=sizes.inputChannels/sizes.groups;let P=sizes.outputChannels/sizes.groups;let la=(P+7u)/8u;let zb=workgroup.x+workgroup.y*T.x;let Wa=zb%la;let X=(zb/la)%sizes.groups;let Ka=zb/(la*sizes.groups)*64u+M;let u=sizes.outputHeight*sizes.outputWidth/4u;let jc=(u+1u)/2u;if(Ka>=sizes.batch*jc){return;}let F=Ka/jc;let t=(Ka-F*jc)*2u;var r:array<array<vec4f,2>,8>;var ba=(X*la+Wa)*J*2u;var h=(F*sizes.inputChannels+X*J)*u+t;for(var I=0u;I<J;I++){let ma=inputVectors[h];let Da=inputVectors[h+1u];let Y=packed[ba];let ca=packed[ba+1u];h+=u;ba+=2u;for(var d=0u;d<4u;d++){r[d][0]=fma(ma,vec4f(Y[d]),r[d][0]);r[d][1]=fma(Da,vec4f(Y[d]),r[d][1]);r[d+4u][0]=fma(ma,vec4f(ca[d]),r[d+4u][0]);r[d+4u][1]=fma(Da,vec4f(ca[d]),r[d+4u][1]);}}let step=min(sizes.batch,1u);let Ia=X*P+Wa*8u;let Mb=(F*sizes.outputChannels+Ia)*u+t;for(var q=0u;q<min(8u,(X+1u)*P-Ia);q+=step){var ma=r[0][0];var Da=r[0][1];for(var d=1u;d<8u;d++){ma=select(ma,r[d][0],d==q);Da=select(Da,r[d][1],d==q);}let G=Mb+q*u;outputVectors[G]=finishedVectors(ma,Ia+q,G);if(t+1u<u){outputVectors[G+1u]=finishedVectors(Da,Ia+q,G+1u);}}}`,
    uses: {
      forwardRow: [[0, 1, 2, 3], 'finished'],
      forwardPixels: [[0, 1, 2, 3], 'finished'],
      forwardPointwise: [[0, 2, 4, 5], 'finishedVectors'],
    },
  },
  convert: {
    source: `struct Sizes{count:u32,mask:u32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;fn Jf(Va:u32)->u32{let Fb=Va&0x7fffffffu;if(OPERATION==0u){return Va;}if(OPERATION==1u){return bitcast<u32>(i32(bitcast<f32>(Va)));}if(OPERATION==2u){return bitcast<u32>(f32(bitcast<i32>(Va)));}if(OPERATION==3u){return u32(Fb!=0u);}if(OPERATION==4u){return bitcast<u32>(f32(Fb!=0u));}if(OPERATION==5u){return u32(Va!=0u);}if(OPERATION==6u){return bitcast<u32>(f32(Va!=0u));}if(OPERATION==7u){return u32(Va==0u);}if(OPERATION==8u){return u32(Fb>0x7f800000u);}let wg=1u+(Va>>31u);return u32(Fb==0x7f800000u&&(sizes.mask&wg)!=0u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}output[g]=Jf(input[g]);}`,
    uses: { main: [[0, 1, 2]] },
  },
  copy: {
    source: `struct Sizes{count:u32,length:u32,inner:u32,inputAxis:u32,inputStart:u32,inputStep:i32,outputAxis:u32,outputStart:u32,outputStep:i32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn copy(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let A=(d/sizes.inner)%sizes.length;let N=d/(sizes.inner*sizes.length);let to=(N*sizes.outputAxis+u32(i32(sizes.outputStart)+i32(A)*sizes.outputStep))*sizes.inner+g;let ae=(N*sizes.inputAxis+u32(i32(sizes.inputStart)+i32(A)*sizes.inputStep))*sizes.inner+g;output[to]=input[ae];}@compute@workgroup_size(64,1,1)fn fill(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}output[d]=0u;}`,
    uses: { copy: [[0, 1, 2]], fill: [[0, 2]] },
  },
  'cross-entropy': {
    source: `struct Sizes{batch:u32,classes:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>logits:array<f32>;@group(0)@binding(2)var<storage,read>labels:array<i32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;fn Oc(s:u32)->f32{var pa=logits[s];for(var l=1u;l<sizes.classes;l++){pa=max(pa,logits[s+l]);}return pa;}fn Pc(s:u32,aa:f32)->f32{var B=0.;for(var l=0u;l<sizes.classes;l++){B+=exp(logits[s+l]-aa);}return B;}fn Jb(ac:i32)->bool{return ac>=0&&ac<i32(sizes.classes);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let F=f.x+f.y*n.x*64u;if(F>=sizes.batch){return;}let ac=labels[F];if(!Jb(ac)){output[F]=0.;return;}let s=F*sizes.classes;let aa=Oc(s);output[F]=log(Pc(s,aa))+(aa-logits[s+u32(ac)]);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let F=f.x+f.y*n.x*64u;if(F>=sizes.batch){return;}let s=F*sizes.classes;let ac=labels[F];let aa=Oc(s);let B=Pc(s,aa);let pg=select(0.,cotangent[F],Jb(ac));for(var l=0u;l<sizes.classes;l++){let Uf=select(0.,1.,i32(l)==ac);output[s+l]=pg*(exp(logits[s+l]-aa)/B-Uf);}}`,
    uses: { forward: [[0, 1, 2, 4]], gradient: [[0, 1, 2, 3, 4]] },
  },
  'depth-to-space': {
    source: `struct Sizes{count:u32,channels:u32,height:u32,width:u32,side:u32,columnFirst:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;fn Ae(K:u32)->u32{let ta=sizes.side;let he=sizes.width*ta;let e=K%he;let o=(K/he)%(sizes.height*ta);let u=K/(he*sizes.height*ta);let I=u%sizes.channels;let F=u/sizes.channels;let ue=(o%ta)*ta+e%ta;let l=select(ue*sizes.channels+I,I*ta*ta+ue,sizes.columnFirst==1u);return((F*sizes.channels*ta*ta+l)*sizes.height+o/ta)*sizes.width+e/ta;}@compute@workgroup_size(64,1,1)fn toSpace(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let K=f.x+f.y*n.x*64u;if(K>=sizes.count){return;}output[K]=input[Ae(K)];}@compute@workgroup_size(64,1,1)fn toDepth(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let K=f.x+f.y*n.x*64u;if(K>=sizes.count){return;}output[Ae(K)]=input[K];}`,
    uses: { toSpace: [[0, 1, 2]], toDepth: [[0, 1, 2]] },
  },
  'draw-maps': {
    source: `struct Sizes{start:u32,channels:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,isSigned:u32,isSmooth:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>maps:array<f32>;@group(0)@binding(2)var<storage,read_write>partialExtents:array<f32>;@group(0)@binding(3)var<storage,read_write>range:array<f32>;@group(0)@binding(4)var<storage,read>table:array<u32>;@group(0)@binding(5)var<storage,read_write>colours:array<u32>;const wd=256u;fn ag(H:f32)->bool{return(bitcast<u32>(H)&0x7f800000u)!=0x7f800000u;}@compute@workgroup_size(64,1,1)fn partials(@builtin(global_invocation_id)f:vec3u){if(f.x>=wd){return;}let Ha=sizes.channels*sizes.height*sizes.width;var gc=0.;var aa=0.;for(var g=f.x;g<Ha;g+=wd){let H=maps[sizes.start+g];if(ag(H)){gc=min(gc,H);aa=max(aa,H);}}partialExtents[2u*f.x]=gc;partialExtents[2u*f.x+1u]=aa;}@compute@workgroup_size(1,1,1)fn extent(){var gc=0.;var aa=0.;for(var jd=0u;jd<wd;jd++){gc=min(gc,partialExtents[2u*jd]);aa=max(aa,partialExtents[2u*jd+1u]);}if(sizes.isSigned!=0u){aa=max(aa,-gc);}if(aa==0.){aa=1.;}range[1]=aa;range[0]=select(0.,-aa,sizes.isSigned!=0u);}fn Gd(H:f32)->u32{if((bitcast<u32>(H)&0x7fffffffu)>0x7f800000u){return table[0];}let h=(H-range[0])/(range[1]-range[0]);return table[u32(floor(clamp(h,0.,1.)*255.+0.5))];}@compute@workgroup_size(64,1,1)fn tiles(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.channels*sizes.height*sizes.width){return;}colours[g]=Gd(maps[sizes.start+g]);}fn Uc(o:u32,e:u32)->f32{let u=sizes.height*sizes.width;var Nd=0.;for(var V=0u;V<sizes.channels;V++){let H=maps[sizes.start+V*u+o*sizes.width+e];if(abs(H)>abs(Nd)){Nd=H;}}return Nd;}@compute@workgroup_size(64,1,1)fn overlay(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.outputHeight*sizes.outputWidth){return;}let o=(f32(g/sizes.outputWidth)+0.5)*f32(sizes.height)/f32(sizes.outputHeight);let e=(f32(g%sizes.outputWidth)+0.5)*f32(sizes.width)/f32(sizes.outputWidth);let mc=sizes.height-1u;let Da=sizes.width-1u;if(sizes.isSmooth==0u){colours[g]=Gd(Uc(min(u32(o),mc),min(u32(e),Da)));return;}let Ga=clamp(o-0.5,0.,f32(mc));let ma=clamp(e-0.5,0.,f32(Da));let ud=u32(Ga);let Zc=u32(ma);let uf=min(ud+1u,mc);let tf=min(Zc+1u,Da);let vg=mix(Uc(ud,Zc),Uc(ud,tf),ma-f32(Zc));let eg=mix(Uc(uf,Zc),Uc(uf,tf),ma-f32(Zc));colours[g]=Gd(mix(vg,eg,Ga-f32(ud)));}`,
    uses: { partials: [[0, 1, 2]], extent: [[0, 2, 3]], tiles: [[0, 1, 3, 4, 5]], overlay: [[0, 1, 3, 4, 5]] },
  },
  dropout: {
    source: `struct Sizes{count:u32,stream:u32,threshold:u32,scale:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>seed:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn mix(H:u32)->u32{var q=H;q=(q^(q>>16u))*0x7feb352du;q=(q^(q>>15u))*0x846ca68bu;return q^(q>>16u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}let Tf=mix(mix(u32(seed[0])+0x9E3779B9u*sizes.stream)^g);output[g]=select(0.,input[g]*sizes.scale,(Tf>>8u)>=sizes.threshold);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'flat-indices': {
    source: `struct Sizes{planes:u32,pooledArea:u32,height:u32,width:u32,columnMajor:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>switches:array<i32>;@group(0)@binding(2)var<storage,read_write>flat:array<i32>;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>indices:array<i32>;@compute@workgroup_size(64,1,1)fn fromSwitches(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.planes*sizes.pooledArea){return;}let s=i32((g/sizes.pooledArea)*sizes.height*sizes.width);let qa=switches[g];if(qa<0){flat[g]=-1;}else if(sizes.columnMajor==1u){flat[g]=s+(qa%i32(sizes.width))*i32(sizes.height)+qa/i32(sizes.width);}else{flat[g]=s+qa;}}@compute@workgroup_size(64,1,1)fn scatter(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let j=f.x+f.y*n.x*64u;if(j>=sizes.planes){return;}let va=sizes.height*sizes.width;let s=j*va;for(var l=0u;l<va;l++){output[s+l]=0.;}for(var l=0u;l<sizes.pooledArea;l++){let G=indices[j*sizes.pooledArea+l]-i32(s);if(G>=0&&G<i32(va)){output[s+u32(G)]=input[j*sizes.pooledArea+l];}}}@compute@workgroup_size(64,1,1)fn gather(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.planes*sizes.pooledArea){return;}let va=sizes.height*sizes.width;let s=(g/sizes.pooledArea)*va;let G=indices[g]-i32(s);var H=0.;if(G>=0&&G<i32(va)){H=input[s+u32(G)];}output[g]=H;}`,
    uses: { fromSwitches: [[0, 1, 2]], scatter: [[0, 3, 4, 5]], gather: [[0, 3, 4, 5]] },
  },
  'gather-elements': {
    source: `struct Sizes{count:u32,rank:u32,axis:u32,axisSize:u32,axisStride:u32,axisLength:u32,outputSize:array<vec4u,2>,otherSize:array<vec4u,2>,ownStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>indices:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<u32>;@group(0)@binding(3)var<storage,read_write>sum:array<f32>;fn h(m:i32)->i32{return select(m,m+i32(sizes.axisSize),m<0);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}var W=d;var s=0u;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let i=(U-1u)%4u;s+=(W%sizes.outputSize[v][i])*sizes.ownStride[v][i];W=W/sizes.outputSize[v][i];}let A=h(indices[d]);if(A>=0&&A<i32(sizes.axisSize)){output[d]=input[s+u32(A)*sizes.axisStride];}else{output[d]=0u;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}var W=d;var s=0u;var db=0;var Oe=true;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let i=(U-1u)%4u;let Id=W%sizes.outputSize[v][i];W=W/sizes.outputSize[v][i];s+=Id*sizes.ownStride[v][i];if(U-1u==sizes.axis){db=i32(Id);}else if(Id>=sizes.otherSize[v][i]){Oe=false;}}var B=0.;if(Oe){for(var C=0u;C<sizes.axisLength;C++){let G=s+C*sizes.axisStride;if(h(indices[G])==db){B+=cotangent[G];}}}sum[d]=B;}`,
    uses: { forward: [[0, 1, 3, 4]], gradient: [[0, 2, 3, 5]] },
  },
  gather: {
    source: `struct Sizes{count:u32,inner:u32,axis:u32,indexCount:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>indices:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<u32>;@group(0)@binding(3)var<storage,read_write>sum:array<f32>;fn h(C:u32)->i32{let m=indices[C];return select(m,m+i32(sizes.axis),m<0);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let A=h((d/sizes.inner)%sizes.indexCount);let N=d/(sizes.inner*sizes.indexCount);if(A>=0&&A<i32(sizes.axis)){output[d]=input[(N*sizes.axis+u32(A))*sizes.inner+g];}else{output[d]=0u;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let A=i32((d/sizes.inner)%sizes.axis);let N=d/(sizes.inner*sizes.axis);var B=0.;for(var C=0u;C<sizes.indexCount;C++){if(h(C)==A){B+=cotangent[(N*sizes.indexCount+C)*sizes.inner+g];}}sum[d]=B;}`,
    uses: { forward: [[0, 1, 3, 4]], gradient: [[0, 2, 3, 5]] },
  },
  'grid-sample': {
    source: `struct Sizes{batch:u32,channels:u32,height:u32,width:u32,points:u32,mode:u32,padding:u32,alignCorners:u32,bands:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>grid:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;fn cf(e:f32,S:u32)->vec2f{let Y=select(-0.5,0.,sizes.alignCorners==1u);let qd=select(f32(S),f32(S)-1.,sizes.alignCorners==1u);if(qd==0.){return vec2f(0.,0.);}let distance=abs(e-Y);let Md=floor(distance/qd);let W=distance-Md*qd;let Qe=Md-2.*floor(Md*0.5)>0.5;let gg=select(W,qd-W,Qe)+Y;let Ea=select(1.,-1.,e<Y)*select(1.,-1.,Qe);return vec2f(gg,Ea);}fn Ff(h:vec2f,S:u32)->vec2f{let oa=f32(S)-1.;let jb=h.x>0.&&h.x<oa;return vec2f(clamp(h.x,0.,oa),select(0.,h.y,jb));}fn wc(Zb:f32,S:u32)->vec2f{let ff=0.5*select(f32(S),f32(S)-1.,sizes.alignCorners==1u);var h=vec2f(clamp((Zb+1.)*ff-select(0.5,0.,sizes.alignCorners==1u),-1e6,1e6),ff);if(sizes.mode==2u||sizes.padding==0u){return h;}if(sizes.padding==2u){let Ve=cf(h.x,S);h=vec2f(Ve.x,h.y*Ve.y);}return Ff(h,S);}struct je{at:i32,weight:f32,slope:f32}fn Wc()->u32{return select(1u<<sizes.mode,1u,sizes.mode==0u);}fn Lf(d:f32)->vec2f{let A=-0.75;let R=abs(d);let hf=sign(d);if(R<=1.){return vec2f(((A+2.)*R-(A+3.))*R*R+1.,hf*(3.*(A+2.)*R-2.*(A+3.))*R);}return vec2f(((A*R-5.*A)*R+8.*A)*R-4.*A,hf*((3.*A*R-10.*A)*R+8.*A));}fn Sb(l:u32,h:vec2f,S:u32)->je{let ja=floor(h.x);let Od=h.x-ja;var G=i32(ja)+i32(l);var ge=1.;var Ea=0.;if(sizes.mode==0u){G=i32(round(h.x));}else if(sizes.mode==1u){ge=select(Od,1.-Od,l==0u);Ea=select(h.y,-h.y,l==0u);}else{G-=1;let Ce=Lf(Od+1.-f32(l));ge=Ce.x;Ea=Ce.y*h.y;if(sizes.padding==1u){G=clamp(G,0,i32(S)-1);}if(sizes.padding==2u){G=clamp(i32(round(cf(f32(G),S).x)),0,i32(S)-1);}}if(G>=i32(S)){G=-1;}return je(G,ge,Ea);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.batch*sizes.channels*sizes.points){return;}let j=g/sizes.points;let Lc=2u*((j/sizes.channels)*sizes.points+g%sizes.points);let Mc=wc(grid[Lc],sizes.width);let Nc=wc(grid[Lc+1u],sizes.height);let E=Wc();var B=0.;for(var xa=0u;xa<E;xa++){let mb=Sb(xa,Nc,sizes.height);if(mb.at<0){continue;}let D=(j*sizes.height+u32(mb.at))*sizes.width;for(var wa=0u;wa<E;wa++){let rb=Sb(wa,Mc,sizes.width);if(rb.at>=0){B+=mb.weight*rb.weight*input[D+u32(rb.at)];}}}output[g]=B;}@compute@workgroup_size(64,1,1)fn gridGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.batch*sizes.points){return;}let F=g/sizes.points;let Mc=wc(grid[2u*g],sizes.width);let Nc=wc(grid[2u*g+1u],sizes.height);let E=Wc();var B=vec2f(0.,0.);for(var xa=0u;xa<E;xa++){let mb=Sb(xa,Nc,sizes.height);if(mb.at<0){continue;}for(var wa=0u;wa<E;wa++){let rb=Sb(wa,Mc,sizes.width);if(rb.at<0){continue;}var cc=0.;for(var I=0u;I<sizes.channels;I++){let j=F*sizes.channels+I;cc+=cotangent[j*sizes.points+g%sizes.points]*input[(j*sizes.height+u32(mb.at))*sizes.width+u32(rb.at)];}B+=cc*vec2f(rb.slope*mb.weight,rb.weight*mb.slope);}}output[2u*g]=B.x;output[2u*g+1u]=B.y;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.batch*sizes.channels*sizes.bands){return;}let j=g/sizes.bands;let t=(g%sizes.bands)*sizes.height/sizes.bands;let oa=(g%sizes.bands+1u)*sizes.height/sizes.bands;let va=sizes.height*sizes.width;let E=Wc();for(var G=t*sizes.width;G<oa*sizes.width;G++){output[j*va+G]=0.;}for(var N=0u;N<sizes.points;N++){let Lc=2u*((j/sizes.channels)*sizes.points+N);let Mc=wc(grid[Lc],sizes.width);let Nc=wc(grid[Lc+1u],sizes.height);let Zb=cotangent[j*sizes.points+N];for(var xa=0u;xa<E;xa++){let mb=Sb(xa,Nc,sizes.height);if(mb.at<i32(t)||mb.at>=i32(oa)){continue;}for(var wa=0u;wa<E;wa++){let rb=Sb(wa,Mc,sizes.width);if(rb.at<0){continue;}let h=j*va+u32(mb.at)*sizes.width+u32(rb.at);output[h]=output[h]+mb.weight*rb.weight*Zb;}}}}`,
    uses: { forward: [[0, 1, 2, 4]], gridGradient: [[0, 1, 2, 3, 4]], inputGradient: [[0, 2, 3, 4]] },
  },
  'lp-norm': {
    source: `struct Sizes{lines:u32,axis:u32,inner:u32,p:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;fn We(s:u32)->f32{var aa=0.;for(var l=0u;l<sizes.axis;l++){aa=max(aa,abs(input[s+l*sizes.inner]));}if(aa==0.){return 0.;}var B=0.;for(var l=0u;l<sizes.axis;l++){let e=abs(input[s+l*sizes.inner])/aa;B+=select(e*e,e,sizes.p==1u);}return aa*select(sqrt(B),B,sizes.p==1u);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let ec=f.x+f.y*n.x*64u;if(ec>=sizes.lines){return;}let s=(ec/sizes.inner)*sizes.axis*sizes.inner+ec%sizes.inner;let Qb=We(s);let Xb=select(Qb,1.,Qb==0.);for(var l=0u;l<sizes.axis;l++){let G=s+l*sizes.inner;output[G]=input[G]/Xb;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let ec=f.x+f.y*n.x*64u;if(ec>=sizes.lines){return;}let s=(ec/sizes.inner)*sizes.axis*sizes.inner+ec%sizes.inner;let Qb=We(s);let Xb=select(Qb,1.,Qb==0.);var B=0.;for(var l=0u;l<sizes.axis;l++){let G=s+l*sizes.inner;B+=cotangent[G]*(input[G]/Xb);}for(var l=0u;l<sizes.axis;l++){let G=s+l*sizes.inner;let e=input[G];let Mf=select(e/Xb,sign(e),sizes.p==1u);output[G]=select((cotangent[G]-Mf*B)/Xb,0.,Qb==0.);}}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3]] },
  },
  'lp-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32,exponent:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>norms:array<f32>;@group(0)@binding(4)var<storage,read>cotangent:array<f32>;fn Rb(ja:f32,j:f32)->f32{if(j==0.){return 1.;}if(j==1.){return ja;}if(j==2.){return ja*ja;}if(j==3.){return ja*ja*ja;}if(j==0.5){return sqrt(ja);}if(ja<=0.){return 0.;}return exp2(j*log2(ja));}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let va=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*va){return;}let u=(g/va)*sizes.height*sizes.width;let Ga=i32(((g/sizes.outputWidth)%sizes.outputHeight)*sizes.strideY)-i32(sizes.padTop);let ma=i32((g%sizes.outputWidth)*sizes.strideX)-i32(sizes.padLeft);var aa=0.;for(var round=0u;round<2u;round++){var B=0.;for(var xa=0u;xa<sizes.kernelHeight;xa++){let o=Ga+i32(xa*sizes.dilationY);if(o<0||o>=i32(sizes.height)){continue;}for(var wa=0u;wa<sizes.kernelWidth;wa++){let e=ma+i32(wa*sizes.dilationX);if(e<0||e>=i32(sizes.width)){continue;}let Fb=abs(input[u+u32(o)*sizes.width+u32(e)]);if(round==0u){aa=max(aa,Fb);}else{B+=Rb(Fb/aa,sizes.exponent);}}}if(aa==0.){break;}if(round==1u){aa=aa*Rb(B,1./sizes.exponent);}}output[g]=aa;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let va=sizes.height*sizes.width;if(g>=sizes.planes*va){return;}let u=(g/va)*sizes.outputHeight*sizes.outputWidth;let o=(g/sizes.width)%sizes.height+sizes.padTop;let e=g%sizes.width+sizes.padLeft;let H=input[g];var B=0.;for(var xa=0u;xa<sizes.kernelHeight;xa++){let Qd=i32(o)-i32(xa*sizes.dilationY);if(Qd<0||Qd%i32(sizes.strideY)!=0){continue;}let Qa=u32(Qd)/sizes.strideY;if(Qa>=sizes.outputHeight){continue;}for(var wa=0u;wa<sizes.kernelWidth;wa++){let Pd=i32(e)-i32(wa*sizes.dilationX);if(Pd<0||Pd%i32(sizes.strideX)!=0){continue;}let Na=u32(Pd)/sizes.strideX;if(Na>=sizes.outputWidth){continue;}let G=u+Qa*sizes.outputWidth+Na;let Qb=norms[G];if(Qb>0.){B+=cotangent[G]*Rb(abs(H)/Qb,sizes.exponent-1.);}}}output[g]=B*sign(H);}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3, 4]] },
  },
  lrn: {
    source: `struct Sizes{count:u32,channels:u32,spatial:u32,before:u32,after:u32,factor:f32,beta:f32,bias:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>scale:array<f32>;@group(0)@binding(4)var<storage,read>givenScale:array<f32>;@group(0)@binding(5)var<storage,read>cotangent:array<f32>;fn Jd(ja:f32)->f32{if(sizes.beta==0.75){return 1./(sqrt(ja)*sqrt(sqrt(ja)));}return exp2(-sizes.beta*log2(ja));}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}let I=(g/sizes.spatial)%sizes.channels;let t=I-min(I,sizes.before);let ka=min(I+sizes.after+1u,sizes.channels);let ja=g-I*sizes.spatial;var B=0.;for(var l=t;l<ka;l++){let e=input[ja+l*sizes.spatial];B+=e*e;}let R=sizes.bias+sizes.factor*B;scale[g]=R;output[g]=input[g]*Jd(R);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}let I=(g/sizes.spatial)%sizes.channels;let t=I-min(I,sizes.after);let ka=min(I+sizes.before+1u,sizes.channels);let ja=g-I*sizes.spatial;var B=0.;for(var l=t;l<ka;l++){let G=ja+l*sizes.spatial;let R=givenScale[G];B+=cotangent[G]*input[G]*Jd(R)/R;}output[g]=cotangent[g]*Jd(givenScale[g])-2.*sizes.factor*sizes.beta*input[g]*B;}`,
    uses: { forward: [[0, 1, 2, 3]], gradient: [[0, 1, 2, 4, 5]] },
  },
  'matmul-naive': {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@compute@workgroup_size(64,1,1)fn multiply(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);if(m>=sizes.rows*sizes.columns){return;}let D=m/sizes.columns;let ha=m%sizes.columns;var Ca=0.;for(var l=0u;l<sizes.inner;l++){Ca+=a[sizes.aOffset+D*sizes.aRowStride+l*sizes.aColumnStride]*b[sizes.bOffset+l*sizes.bRowStride+ha*sizes.bColumnStride];}let h=sizes.cOffset+D*sizes.cRowStride+ha*sizes.cColumnStride;if(sizes.accumulate!=0u){Ca+=c[h];}c[h]=Ca;}`,
    uses: { multiply: [[0, 1, 2, 3]] },
  },
  'matmul-tiled': {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,splits:u32,innerPerSplit:u32}const ROWS=4u;const COLUMNS=4u;const vf=ROWS/4u;const gb=COLUMNS/4u;const Ab=ROWS*2u;const Pa=COLUMNS*2u;const da=16u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;var<workgroup>me:array<vec4f,272>;var<workgroup>re:array<vec4f,272>;var<workgroup>kd:array<f32,512>;fn finishedAt(H:f32,h:u32)->f32{return H;}fn write(h:u32,H:f32){if(sizes.accumulate!=0u){c[h]=H+c[h];}else{c[h]=finishedAt(H,h);}}fn og(t:u32,l:u32,ka:u32)->vec4f{let h=sizes.aOffset+t*sizes.aRowStride+l*sizes.aColumnStride;let step=Ab*sizes.aRowStride;let ga=select(0u,sizes.rows,l<ka);return vec4f(select(0.,a[h],t<ga),select(0.,a[h+step],t+Ab<ga),select(0.,a[h+2u*step],t+2u*Ab<ga),select(0.,a[h+3u*step],t+3u*Ab<ga));}fn Gf(t:u32,l:u32,ka:u32)->vec4f{let h=sizes.bOffset+t*sizes.bColumnStride+l*sizes.bRowStride;let step=Pa*sizes.bColumnStride;let Ma=select(0u,sizes.columns,l<ka);return vec4f(select(0.,b[h],t<Ma),select(0.,b[h+step],t+Pa<Ma),select(0.,b[h+2u*step],t+2u*Pa<Ma),select(0.,b[h+3u*step],t+3u*Pa<Ma));}@compute@workgroup_size(64,1,1)fn multiply(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let m=workgroup.x+workgroup.y*T.x;let Wb=(sizes.columns+8u*COLUMNS-1u)/(8u*COLUMNS);let Hb=(sizes.rows+8u*ROWS-1u)/(8u*ROWS);let pc=m%Wb*8u*COLUMNS;let Yb=m/Wb%Hb*8u*ROWS;let Z=m/(Wb*Hb);if(Z>=sizes.splits||Yb>=sizes.rows||pc>=sizes.columns){return;}let ka=min(sizes.inner,(Z+1u)*sizes.innerPerSplit);let Re=M/8u;let Gc=M%8u;let ne=sizes.aColumnStride<=sizes.aRowStride;let oe=sizes.bRowStride<=sizes.bColumnStride;var r:array<array<vec4f,gb>,ROWS>;for(var t=Z*sizes.innerPerSplit;t<ka;t+=da){for(var h=M;h<da*Ab;h+=64u){let l=select(h/Ab,h%da,ne);let na=select(h%Ab,h/da,ne);me[l*(Ab+1u)+na]=og(Yb+na,t+l,ka);}for(var h=M;h<da*Pa;h+=64u){let l=select(h/Pa,h%da,oe);let na=select(h%Pa,h/da,oe);re[l*(Pa+1u)+na]=Gf(pc+na,t+l,ka);}workgroupBarrier();for(var l=0u;l<da;l++){var Da:array<vec4f,gb>;for(var q=0u;q<gb;q++){Da[q]=re[l*(Pa+1u)+Gc+8u*q];}for(var La=0u;La<vf;La++){let ma=me[l*(Ab+1u)+Re+8u*La];for(var d=0u;d<4u;d++){for(var q=0u;q<gb;q++){r[4u*La+d][q]=fma(vec4f(ma[d]),Da[q],r[4u*La+d][q]);}}}}workgroupBarrier();}let step=min(sizes.rows,1u);for(var i=0u;i<ROWS;i+=step){var ia=r[0];for(var d=1u;d<ROWS;d++){for(var q=0u;q<gb;q++){ia[q]=select(ia[q],r[d][q],d==i);}}let D=Yb+Re+8u*(i/4u)+Ab*(i%4u);let s=sizes.cOffset+Z*sizes.rows*sizes.columns+D*sizes.cRowStride;for(var q=0u;q<gb;q++){for(var d=0u;d<4u;d++){let ha=pc+Gc+8u*q+Pa*d;if(D<sizes.rows&&ha<sizes.columns){write(s+ha*sizes.cColumnStride,ia[q][d]);}}}}}@compute@workgroup_size(64,1,1)fn dot(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let ha=workgroup.x+workgroup.y*T.x;if(ha>=sizes.columns){return;}let s=sizes.bOffset+ha*sizes.bColumnStride;var r:array<f32,ROWS>;for(var l=M;l<sizes.inner;l+=64u){let Da=b[s+l*sizes.bRowStride];for(var i=0u;i<ROWS;i++){let ma=a[sizes.aOffset+min(i,sizes.rows-1u)*sizes.aRowStride+l*sizes.aColumnStride];r[i]=fma(ma,Da,r[i]);}}for(var i=0u;i<ROWS;i++){kd[i*64u+M]=r[i];}workgroupBarrier();for(var ra=32u;ra>0u;ra/=2u){if(M<ra){for(var i=0u;i<ROWS;i++){kd[i*64u+M]+=kd[i*64u+M+ra];}}workgroupBarrier();}if(M<min(ROWS,sizes.rows)){write(sizes.cOffset+M*sizes.cRowStride+ha*sizes.cColumnStride,kd[M*64u]);}}`,
    uses: { multiply: [[0, 1, 2, 3], 'finishedAt'], dot: [[0, 1, 2, 3], 'finishedAt'] },
  },
  matmul: {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,splits:u32,innerPerSplit:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@group(0)@binding(4)var<storage,read>partials:array<f32>;@group(0)@binding(5)var<storage,read>packedA:array<vec4f>;@group(0)@binding(6)var<storage,read>packedB:array<vec4f>;@group(0)@binding(7)var<storage,read_write>packed:array<vec4f>;fn finishedAt(H:f32,h:u32)->f32{return H;}fn write(h:u32,H:f32){c[h]=finishedAt(select(H,H+c[h],sizes.accumulate!=0u),h);}fn Ib(D:u32,ha:u32,Z:u32,r:array<array<vec4f,2>,8>){let step=min(sizes.rows,1u);for(var i=0u;i<min(8u,sizes.rows-D);i+=step){var Y=r[0][0];var ca=r[0][1];for(var d=1u;d<8u;d++){Y=select(Y,r[d][0],d==i);ca=select(ca,r[d][1],d==i);}let Sc=sizes.cColumnStride;let h=sizes.cOffset+Z*sizes.rows*sizes.columns+(D+i)*sizes.cRowStride+ha*Sc;for(var q=0u;q<min(8u,sizes.columns-ha);q+=step){let ra=select(Y,ca,(q&4u)!=0u);let Sa=select(ra.xy,ra.zw,(q&2u)!=0u);write(h+q*Sc,select(Sa.x,Sa.y,(q&1u)!=0u));}}}@compute@workgroup_size(64,1,1)fn multiply(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let Wb=(sizes.columns+7u)/8u;let Hb=(sizes.rows+7u)/8u;if(m>=Wb*Hb*sizes.splits){return;}let ha=m%Wb*8u;let D=(m/Wb)%Hb*8u;let Z=m/(Wb*Hb);let t=Z*sizes.innerPerSplit;let ka=min(sizes.inner,t+sizes.innerPerSplit);var le:array<u32,8>;var Lb:array<u32,8>;for(var d=0u;d<8u;d++){le[d]=sizes.aOffset+min(D+d,sizes.rows-1u)*sizes.aRowStride;Lb[d]=sizes.bOffset+min(ha+d,sizes.columns-1u)*sizes.bColumnStride;}var r:array<array<vec4f,2>,8>;for(var l=t;l<ka;l++){let wf=l*sizes.aColumnStride;let Vb=l*sizes.bRowStride;let Y=vec4f(b[Lb[0]+Vb],b[Lb[1]+Vb],b[Lb[2]+Vb],b[Lb[3]+Vb]);let ca=vec4f(b[Lb[4]+Vb],b[Lb[5]+Vb],b[Lb[6]+Vb],b[Lb[7]+Vb]);for(var d=0u;d<8u;d++){let e=a[le[d]+wf];r[d][0]+=e*Y;r[d][1]+=e*ca;}}Ib(D,ha,Z,r);}@compute@workgroup_size(64,1,1)fn multiplyPacked(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)M:u32,@builtin(num_workgroups)T:vec3u){let m=workgroup.x+workgroup.y*T.x;let Hb=(sizes.rows+7u)/8u;let ef=m%Hb;let ve=(sizes.columns+511u)/512u;let Hd=(m/Hb)%ve*64u+M;let Z=m/(Hb*ve);if(Z>=sizes.splits||Hd*8u>=sizes.columns){return;}let t=Z*sizes.innerPerSplit;let ka=min(sizes.inner,t+sizes.innerPerSplit);var zd=(ef*sizes.inner+t)*2u;var Bd=(Hd*sizes.inner+t)*2u;var r:array<array<vec4f,2>,8>;for(var l=t;l<ka;l++){let Ga=packedA[zd];let mc=packedA[zd+1u];let Y=packedB[Bd];let ca=packedB[Bd+1u];zd+=2u;Bd+=2u;for(var d=0u;d<4u;d++){r[d][0]=fma(vec4f(Ga[d]),Y,r[d][0]);r[d][1]=fma(vec4f(Ga[d]),ca,r[d][1]);r[d+4u][0]=fma(vec4f(mc[d]),Y,r[d+4u][0]);r[d+4u][1]=fma(vec4f(mc[d]),ca,r[d+4u][1]);}}Ib(ef*8u,Hd*8u,Z,r);}@compute@workgroup_size(64,1,1)fn packRows(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let Sd=(sizes.rows+7u)/8u*2u;if(m>=Sd*sizes.inner){return;}let pe=sizes.aColumnStride<=sizes.aRowStride;let l=select(m/Sd,m%sizes.inner,pe);let ra=select(m%Sd,m/sizes.inner,pe);let oa=sizes.rows-1u;let h=sizes.aOffset+l*sizes.aColumnStride;packed[(ra/2u*sizes.inner+l)*2u+ra%2u]=vec4f(a[h+min(ra*4u,oa)*sizes.aRowStride],a[h+min(ra*4u+1u,oa)*sizes.aRowStride],a[h+min(ra*4u+2u,oa)*sizes.aRowStride],a[h+min(ra*4u+3u,oa)*sizes.aRowStride]);}@compute@workgroup_size(64,1,1)fn multiplyVector(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);if(m>=sizes.rows*sizes.columns*sizes.splits){return;}let ha=m%sizes.columns;let D=(m/sizes.columns)%sizes.rows;let Z=m/(sizes.columns*sizes.rows);let t=Z*sizes.innerPerSplit;let ka=min(sizes.inner,t+sizes.innerPerSplit);var Ca=0.;for(var l=t;l<ka;l++){Ca+=a[sizes.aOffset+D*sizes.aRowStride+l*sizes.aColumnStride]*b[sizes.bOffset+l*sizes.bRowStride+ha*sizes.bColumnStride];}let fg=Z*sizes.rows*sizes.columns;write(sizes.cOffset+fg+D*sizes.cRowStride+ha*sizes.cColumnStride,Ca);}@compute@workgroup_size(64,1,1)fn reducePartials(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)T:vec3u){let m=f.x+f.y*(T.x*64u);let Nb=sizes.rows*sizes.columns;if(m>=Nb){return;}var Ca=0.;for(var Z=0u;Z<sizes.splits;Z++){Ca+=partials[Z*Nb+m];}write(sizes.cOffset+m/sizes.columns*sizes.cRowStride+m%sizes.columns*sizes.cColumnStride,Ca);}`,
    uses: {
      multiply: [[0, 1, 2, 3], 'finishedAt'],
      multiplyPacked: [[0, 3, 5, 6], 'finishedAt'],
      packRows: [[0, 1, 7]],
      multiplyVector: [[0, 1, 2, 3], 'finishedAt'],
      reducePartials: [[0, 3, 4], 'finishedAt'],
    },
  },
  'max-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>switches:array<i32>;@group(0)@binding(3)var<storage,read>givenSwitches:array<i32>;@compute@workgroup_size(64,1,1)fn maxPool(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let va=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*va){return;}let u=(g/va)*sizes.height*sizes.width;let Ga=i32(((g/sizes.outputWidth)%sizes.outputHeight)*sizes.strideY)-i32(sizes.padTop);let ma=i32((g%sizes.outputWidth)*sizes.strideX)-i32(sizes.padLeft);var pa=0.;var qa=-1;for(var xa=0u;xa<sizes.kernelHeight;xa++){let o=Ga+i32(xa*sizes.dilationY);if(o<0||o>=i32(sizes.height)){continue;}for(var wa=0u;wa<sizes.kernelWidth;wa++){let e=ma+i32(wa*sizes.dilationX);if(e<0||e>=i32(sizes.width)){continue;}let G=o*i32(sizes.width)+e;let te=input[u+u32(G)];if(qa<0||te>pa){pa=te;qa=G;}}}output[g]=pa;switches[g]=qa;}fn sf(s:u32,oa:u32,Kd:u32,Sc:u32,Ha:u32)->vec2u{let t=(max(s,Kd)-Kd)/Sc+select(0u,1u,s>=Kd);return vec2u(t,min(oa/Sc+1u,Ha));}fn He(Ja:u32,Ec:u32,Cb:u32)->bool{return Ja<=(Ec-1u)*Cb&&(Cb==1u||Ja%Cb==0u);}@compute@workgroup_size(64,1,1)fn unpool(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let ab=(sizes.width+7u)/8u;let D=g/ab;if(D>=sizes.planes*sizes.height){return;}let ma=(g-D*ab)*8u;let u=D/sizes.height;let o=D-u*sizes.height;let pb=o*sizes.width;let ed=(sizes.kernelHeight-1u)*sizes.dilationY+1u;let dd=(sizes.kernelWidth-1u)*sizes.dilationX+1u;let ga=sf(o+sizes.padTop,o+sizes.padTop,ed,sizes.strideY,sizes.outputHeight);let t=ma+sizes.padLeft;let Ma=sf(t,t+7u,dd,sizes.strideX,sizes.outputWidth);var Y=vec4f();var ca=vec4f();for(var Qa=ga.x;Qa<ga.y;Qa++){if(!He(o+sizes.padTop-Qa*sizes.strideY,sizes.kernelHeight,sizes.dilationY)){continue;}let s=(u*sizes.outputHeight+Qa)*sizes.outputWidth;for(var Na=Ma.x;Na<Ma.y;Na++){let ha=u32(givenSwitches[s+Na])-pb;let Ja=ha+sizes.padLeft-Na*sizes.strideX;if(ha<sizes.width&&He(Ja,sizes.kernelWidth,sizes.dilationX)){let M=vec4u(ha-ma);let H=vec4f(input[s+Na]);Y+=select(vec4f(),H,M==vec4u(0u,1u,2u,3u));ca+=select(vec4f(),H,M==vec4u(4u,5u,6u,7u));}}}let h=u*sizes.height*sizes.width+pb+ma;for(var d=0u;d<min(8u,sizes.width-ma);d++){let ra=select(Y,ca,d>=4u);let Sa=select(ra.xy,ra.zw,(d&2u)!=0u);output[h+d]=select(Sa.x,Sa.y,(d&1u)!=0u);}}@compute@workgroup_size(64,1,1)fn poolSwitch(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;let va=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*va){return;}let qa=givenSwitches[g];if(qa<0){output[g]=0.;}else{output[g]=input[(g/va)*sizes.height*sizes.width+u32(qa)];}}`,
    uses: { maxPool: [[0, 1, 2, 3]], unpool: [[0, 1, 2, 4]], poolSwitch: [[0, 1, 2, 4]] },
  },
  pad: {
    source: `struct Sizes{count:u32,inner:u32,size:u32,padded:u32,before:i32,value:u32}const MODE=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@group(0)@binding(2)var<storage,read_write>sum:array<f32>;fn Pb(e:i32,xb:i32)->i32{return((e%xb)+xb)%xb;}fn ae(h:i32)->i32{let S=i32(sizes.size);if(h>=0&&h<S){return h;}if(MODE==0u||S==0){return-1;}if(MODE==1u){let xb=max(2*(S-1),1);let Ze=Pb(h,xb);return min(Ze,xb-Ze)%S;}if(MODE==2u){return clamp(h,0,S-1);}return Pb(h,S);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let h=i32((d/sizes.inner)%sizes.padded)-sizes.before;let N=d/(sizes.inner*sizes.padded);let nf=ae(h);if(nf<0){output[d]=sizes.value;}else{output[d]=input[(N*sizes.size+u32(nf))*sizes.inner+g];}}fn Vc(s:u32,t:i32,step:i32,ka:i32)->f32{var B=0.;for(var j=t;j<ka;j+=step){if(j>=0){B+=cotangent[s+u32(j)*sizes.inner];}}return B;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let I=i32((d/sizes.inner)%sizes.size);let N=d/(sizes.inner*sizes.size);let s=N*sizes.padded*sizes.inner+g;let S=i32(sizes.size);let vc=i32(sizes.padded);let db=I+sizes.before;if(MODE==0u){sum[d]=Vc(s,db,1,min(db+1,vc));}else if(MODE==1u){let xb=max(2*(S-1),1);var B=Vc(s,Pb(db,xb),xb,vc);if(I>0&&I<S-1){B+=Vc(s,Pb(sizes.before-I,xb),xb,vc);}sum[d]=B;}else if(MODE==2u){let t=select(max(db,0),0,I==0);let ka=select(min(db+1,vc),vc,I==S-1);sum[d]=Vc(s,t,1,ka);}else{sum[d]=Vc(s,Pb(db,S),S,vc);}}`,
    uses: { forward: [[0, 1, 3]], gradient: [[0, 2, 4]] },
  },
  'reduce-max-gradient': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>positions:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}var W=g;var l=0u;var i=0u;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let M=(U-1u)%4u;let S=sizes.outputSize[v][M];let qa=W%S;W=W/S;l+=qa*sizes.keptStride[v][M];i+=qa*sizes.reducedStride[v][M];}output[g]=select(0.,cotangent[l],positions[l]==i32(i));}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'reduce-product': {
    source: `struct Sizes{kept:u32,reduced:u32,keptRank:u32,reducedRank:u32,keptSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedSize:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;fn sc(l:u32)->u32{var W=l;var Ja=0u;for(var U=sizes.keptRank;U>0u;U--){let v=(U-1u)/4u;let M=(U-1u)%4u;let S=sizes.keptSize[v][M];Ja+=(W%S)*sizes.keptStride[v][M];W=W/S;}return Ja;}fn ld(D:u32)->u32{var W=D;var Ja=0u;for(var U=sizes.reducedRank-1u;U>0u;U--){let v=(U-1u)/4u;let M=(U-1u)%4u;let S=sizes.reducedSize[v][M];Ja+=(W%S)*sizes.reducedStride[v][M];W=W/S;}return Ja;}fn ic(i:u32)->u32{let oa=sizes.reducedRank-1u;let Ob=sizes.reducedSize[oa/4u][oa%4u];return ld(i/Ob)+(i%Ob)*sizes.reducedStride[oa/4u][oa%4u];}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let l=f.x+f.y*n.x*64u;if(l>=sizes.kept){return;}let ja=sc(l);var B=1.;for(var i=0u;i<sizes.reduced;i++){B*=input[ja+ic(i)];}output[l]=B;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.kept*sizes.reduced){return;}let l=g/sizes.reduced;let db=g%sizes.reduced;let ja=sc(l);var B=cotangent[l];for(var i=0u;i<sizes.reduced;i++){if(i!=db){B*=input[ja+ic(i)];}}output[ja+ic(db)]=B;}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3]] },
  },
  reduce: {
    source: `const TERM=0u;const FINISH=0u;const CHOICE=0u;struct Sizes{kept:u32,reduced:u32,splits:u32,perSplit:u32,keptRank:u32,reducedRank:u32,scale:f32,bottom:f32,keptSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedSize:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>positions:array<i32>;fn sc(l:u32)->u32{var W=l;var Ja=0u;for(var U=sizes.keptRank;U>0u;U--){let v=(U-1u)/4u;let M=(U-1u)%4u;let S=sizes.keptSize[v][M];Ja+=(W%S)*sizes.keptStride[v][M];W=W/S;}return Ja;}fn ld(D:u32)->u32{var W=D;var Ja=0u;for(var U=sizes.reducedRank-1u;U>0u;U--){let v=(U-1u)/4u;let M=(U-1u)%4u;let S=sizes.reducedSize[v][M];Ja+=(W%S)*sizes.reducedStride[v][M];W=W/S;}return Ja;}fn ic(i:u32)->u32{let oa=sizes.reducedRank-1u;let Ob=sizes.reducedSize[oa/4u][oa%4u];return ld(i/Ob)+(i%Ob)*sizes.reducedStride[oa/4u][oa%4u];}fn ug(e:f32)->f32{if(TERM==0u){return e;}if(TERM==1u){return abs(e);}return e*e;}fn ng(B:f32)->f32{if(FINISH==0u){return B;}if(FINISH==1u){return sqrt(B);}return select(log(B),sizes.bottom,B==0.);}fn Zf(e:f32,pa:f32)->bool{if(CHOICE==0u){return e>pa;}if(CHOICE==1u){return e<pa;}if(CHOICE==2u){return e>=pa;}return e<=pa;}@compute@workgroup_size(64,1,1)fn sum(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.kept*sizes.splits){return;}let s=(g%sizes.splits)*sizes.perSplit;let ka=min(s+sizes.perSplit,sizes.reduced);let ja=sc(g/sizes.splits);let oa=sizes.reducedRank-1u;let Ob=sizes.reducedSize[oa/4u][oa%4u];let Le=sizes.reducedStride[oa/4u][oa%4u];var B=0.;var i=s;while(i<ka){let Ke=i%Ob;let tg=min(ka,i-Ke+Ob);var G=ja+ld(i/Ob)+Ke*Le;for(;i<tg;i++){B+=ug(input[G]);G+=Le;}}output[g]=ng(B*sizes.scale);}@compute@workgroup_size(64,1,1)fn extremum(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let l=f.x+f.y*n.x*64u;if(l>=sizes.kept){return;}let ja=sc(l);var pa=sizes.bottom;var qa=0u;for(var i=0u;i<sizes.reduced;i++){let e=input[ja+ic(i)];if(i==0u||Zf(e,pa)){pa=e;qa=i;}}output[l]=pa;positions[l]=i32(qa);}@compute@workgroup_size(64,1,1)fn logSumExp(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let l=f.x+f.y*n.x*64u;if(l>=sizes.kept){return;}let ja=sc(l);var aa=sizes.bottom;for(var i=0u;i<sizes.reduced;i++){aa=max(aa,input[ja+ic(i)]);}var B=0.;for(var i=0u;i<sizes.reduced;i++){B+=exp(input[ja+ic(i)]-aa);}output[l]=select(aa+log(B),sizes.bottom,sizes.reduced==0u||aa==sizes.bottom);}`,
    uses: { sum: [[0, 1, 2]], extremum: [[0, 1, 2, 3]], logSumExp: [[0, 1, 2]] },
  },
  resample: {
    source: `struct Sizes{count:u32,inner:u32,inputAxis:u32,outputAxis:u32,fill:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>spans:array<i32>;@group(0)@binding(3)var<storage,read>weights:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let K=f.x+f.y*n.x*64u;if(K>=sizes.count){return;}let g=K%sizes.inner;let l=(K/sizes.inner)%sizes.outputAxis;let N=K/(sizes.inner*sizes.outputAxis);let s=spans[3u*l];var B=sizes.fill;if(s>=0){B=0.;let E=u32(spans[3u*l+1u]);let t=u32(spans[3u*l+2u]);var G=(N*sizes.inputAxis+u32(s))*sizes.inner+g;for(var d=0u;d<E;d++){B+=weights[t+d]*input[G];G+=sizes.inner;}}output[K]=B;}`,
    uses: { main: [[0, 1, 2, 3, 4]] },
  },
  'row-norm': {
    source: `struct Sizes{rows:u32,size:u32,affineInner:u32,affineCount:u32,epsilon:f32,center:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>mean:array<f32>;@group(0)@binding(3)var<storage,read>inverse:array<f32>;@group(0)@binding(4)var<storage,read>scale:array<f32>;@group(0)@binding(5)var<storage,read>shift:array<f32>;@group(0)@binding(6)var<storage,read_write>output:array<f32>;@group(0)@binding(7)var<storage,read>variance:array<f32>;@compute@workgroup_size(64,1,1)fn invert(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let i=f.x+f.y*n.x*64u;if(i>=sizes.rows){return;}let rg=select(mean[i]*mean[i],0.,sizes.center==1u);output[i]=1./sqrt(variance[i]+rg+sizes.epsilon);}fn ce(K:u32)->f32{let i=K/sizes.size;return(input[K]-select(0.,mean[i],sizes.center==1u))*inverse[i];}@compute@workgroup_size(64,1,1)fn plain(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let K=f.x+f.y*n.x*64u;if(K>=sizes.rows*sizes.size){return;}output[K]=ce(K);}@compute@workgroup_size(64,1,1)fn scaled(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let K=f.x+f.y*n.x*64u;if(K>=sizes.rows*sizes.size){return;}output[K]=ce(K)*scale[(K/sizes.affineInner)%sizes.affineCount];}@compute@workgroup_size(64,1,1)fn affine(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let K=f.x+f.y*n.x*64u;if(K>=sizes.rows*sizes.size){return;}let A=(K/sizes.affineInner)%sizes.affineCount;output[K]=ce(K)*scale[A]+shift[A];}`,
    uses: {
      invert: [[0, 2, 6, 7]],
      plain: [[0, 1, 2, 3, 6]],
      scaled: [[0, 1, 2, 3, 4, 6]],
      affine: [[0, 1, 2, 3, 4, 5, 6]],
    },
  },
  rows: {
    source: `struct Sizes{rows:u32,axis:u32,inner:u32,k:u32,exclusive:u32,reverse:u32,onValue:f32,offValue:f32}const LARGEST=1u;const INTEGER=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>values:array<u32>;@group(0)@binding(3)var<storage,read_write>indices:array<i32>;@group(0)@binding(3)var<storage,read>givenIndices:array<i32>;fn pb(D:u32,U:u32)->u32{return(D/sizes.inner)*U*sizes.inner+D%sizes.inner;}fn cg(Va:u32)->u32{var vb=Va^0x80000000u;if(INTEGER==0u){let Fb=Va&0x7fffffffu;if(Fb>0x7f800000u){vb=0xffffffffu;}else if(Fb==0u){vb=0x80000000u;}else if(Va>0x80000000u){vb=~Va;}else{vb=Va|0x80000000u;}}return select(~vb,vb,LARGEST==1u);}@compute@workgroup_size(64,1,1)fn topK(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let D=f.x+f.y*n.x*64u;if(D>=sizes.rows){return;}let s=pb(D,sizes.axis);let t=pb(D,sizes.k);var Wd=0xffffffffu;var Se=-1;for(var C=0u;C<sizes.k;C++){var Cd=0u;var pa=-1;for(var A=0u;A<sizes.axis;A++){let vb=cg(input[s+A*sizes.inner]);let Hf=vb<Wd||(vb==Wd&&i32(A)>Se);if(Hf&&(pa<0||vb>Cd)){Cd=vb;pa=i32(A);}}values[t+C*sizes.inner]=input[s+u32(max(pa,0))*sizes.inner];indices[t+C*sizes.inner]=pa;Wd=Cd;Se=pa;}}@compute@workgroup_size(64,1,1)fn cumSum(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let D=f.x+f.y*n.x*64u;if(D>=sizes.rows){return;}let s=pb(D,sizes.axis);var B=0.;var Ha=0;for(var ta=0u;ta<sizes.axis;ta++){let G=s+select(ta,sizes.axis-1u-ta,sizes.reverse==1u)*sizes.inner;let Cf=select(bitcast<u32>(B),bitcast<u32>(Ha),INTEGER==1u);B+=bitcast<f32>(input[G]);Ha+=bitcast<i32>(input[G]);let yf=select(bitcast<u32>(B),bitcast<u32>(Ha),INTEGER==1u);values[G]=select(yf,Cf,sizes.exclusive==1u);}}@compute@workgroup_size(64,1,1)fn hardmax(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let D=f.x+f.y*n.x*64u;if(D>=sizes.rows){return;}let s=pb(D,sizes.axis);var pa=0u;for(var A=1u;A<sizes.axis;A++){if(bitcast<f32>(input[s+A*sizes.inner])>bitcast<f32>(input[s+pa*sizes.inner])){pa=A;}}for(var A=0u;A<sizes.axis;A++){values[s+A*sizes.inner]=bitcast<u32>(select(0.,1.,A==pa));}}@compute@workgroup_size(64,1,1)fn oneHot(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let d=f.x+f.y*n.x*64u;if(d>=sizes.rows*sizes.axis){return;}let R=i32((d/sizes.inner)%sizes.axis);let m=givenIndices[(d/(sizes.inner*sizes.axis))*sizes.inner+d%sizes.inner];let bg=m==R||m==R-i32(sizes.axis);values[d]=bitcast<u32>(select(sizes.offValue,sizes.onValue,bg));}`,
    uses: { topK: [[0, 1, 2, 3]], cumSum: [[0, 1, 2]], hardmax: [[0, 1, 2]], oneHot: [[0, 2, 4]] },
  },
  sgd: {
    source: `struct Sizes{count:u32,momentum:f32,weightDecay:f32,nesterov:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read_write>gradient:array<vec4f>;@group(0)@binding(2)var<storage,read>learningRate:array<f32>;@group(0)@binding(3)var<storage,read_write>parameter:array<vec4f>;@group(0)@binding(4)var<storage,read_write>velocity:array<vec4f>;@group(0)@binding(5)var<storage,read>places:array<u32>;const xd=4u;const yd=4u;fn Yc(Rd:u32,Jc:u32,qf:u32){let j=parameter[Jc];let R=gradient[Rd]+sizes.weightDecay*j;let q=sizes.momentum*velocity[qf]+R;velocity[qf]=q;parameter[Jc]=j-learningRate[0]*select(q,R+sizes.momentum*q,sizes.nesterov==1u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}Yc(g,g,g);}@compute@workgroup_size(64,1,1)fn many(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let h=xd*(f.x/64u+f.y*n.x);if(h>=arrayLength(&places)){return;}let Ha=places[h+3u];for(var round=0u;round<yd;round++){let g=round*64u+f.x%64u;if(g<Ha){Yc(places[h]+g,places[h+1u]+g,places[h+2u]+g);}}}`,
    uses: { main: [[0, 1, 2, 3, 4]], many: [[0, 1, 2, 3, 4, 5]] },
  },
  softmax: {
    source: `struct Sizes{rows:u32,axis:u32,inner:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>cotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn pb(D:u32)->u32{return(D/sizes.inner)*sizes.axis*sizes.inner+D%sizes.inner;}fn Oc(s:u32)->f32{var pa=input[s];for(var A=1u;A<sizes.axis;A++){pa=max(pa,input[s+A*sizes.inner]);}return pa;}fn Pc(s:u32,aa:f32)->f32{var B=0.;for(var A=0u;A<sizes.axis;A++){B+=exp(input[s+A*sizes.inner]-aa);}return B;}@compute@workgroup_size(64,1,1)fn softmax(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let D=f.x+f.y*n.x*64u;if(D>=sizes.rows){return;}let s=pb(D);let aa=Oc(s);let B=Pc(s,aa);for(var A=0u;A<sizes.axis;A++){let G=s+A*sizes.inner;output[G]=exp(input[G]-aa)/B;}}@compute@workgroup_size(64,1,1)fn logSoftmax(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let D=f.x+f.y*n.x*64u;if(D>=sizes.rows){return;}let s=pb(D);let aa=Oc(s);let dg=log(Pc(s,aa));for(var A=0u;A<sizes.axis;A++){let G=s+A*sizes.inner;output[G]=input[G]-aa-dg;}}@compute@workgroup_size(64,1,1)fn softmaxGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let D=f.x+f.y*n.x*64u;if(D>=sizes.rows){return;}let s=pb(D);var B=0.;for(var A=0u;A<sizes.axis;A++){let G=s+A*sizes.inner;B+=cotangent[G]*input[G];}for(var A=0u;A<sizes.axis;A++){let G=s+A*sizes.inner;output[G]=input[G]*(cotangent[G]-B);}}@compute@workgroup_size(64,1,1)fn logSoftmaxGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let D=f.x+f.y*n.x*64u;if(D>=sizes.rows){return;}let s=pb(D);var B=0.;for(var A=0u;A<sizes.axis;A++){B+=cotangent[s+A*sizes.inner];}for(var A=0u;A<sizes.axis;A++){let G=s+A*sizes.inner;output[G]=cotangent[G]-exp(input[G])*B;}}`,
    uses: {
      softmax: [[0, 1, 3]],
      logSoftmax: [[0, 1, 3]],
      softmaxGradient: [[0, 1, 2, 3]],
      logSoftmaxGradient: [[0, 1, 2, 3]],
    },
  },
  'strided-copy': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,inputStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}var W=g;var m=0u;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let i=(U-1u)%4u;let S=sizes.outputSize[v][i];m+=(W%S)*sizes.inputStride[v][i];W=W/S;}output[g]=input[m];}`,
    uses: { main: [[0, 1, 2]] },
  },
  trigonometry: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn xc(e:f32)->vec2f{let td=round(e*0.636619772);let i=fma(td,-7.54978995489188216e-8,fma(td,-4.837512969970703125e-4,fma(td,-1.5703125,e)));let Q=i*i;let fa=i+i*Q*((-1.9515295891e-4*Q+8.3321608736e-3)*Q-1.6666654611e-1);let I=1.-0.5*Q+Q*Q*((2.443315711809948e-5*Q-1.388731625493765e-3)*Q+4.166664568298827e-2);let bc=i32(td)&3;let rd=select(vec2f(fa,I),vec2f(I,fa),(bc&1)==1);return vec2f(select(rd.x,-rd.x,bc>=2),select(rd.y,-rd.y,bc==1||bc==2));}fn pd(e:f32)->f32{let Q=e*e;var j=4.2163199048e-2;j=j*Q+2.4181311049e-2;j=j*Q+4.5470025998e-2;j=j*Q+7.4953002686e-2;return e+e*Q*(j*Q+1.6666752422e-1);}fn Af(e:f32)->f32{let Q=abs(e);if(Q<=0.5){return pd(e);}return sign(e)*(1.57079633-2.*pd(sqrt(0.5*(1.-Q))));}fn zf(e:f32)->f32{let Q=abs(e);if(Q<=0.5){return 1.57079633-pd(e);}let kf=2.*pd(sqrt(0.5*(1.-Q)));return select(3.14159265-kf,kf,e>0.);}fn Bf(e:f32)->f32{let Q=abs(e);var Ja=0.;var o=Q;if(Q>2.41421356){Ja=1.57079633;o=-1./Q;}else if(Q>0.41421356){Ja=0.78539816;o=(Q-1.)/(Q+1.);}let fa=o*o;let j=((8.05374449538e-2*fa-1.38776856032e-1)*fa+1.99777106478e-1)*fa-3.33329491539e-1;return sign(e)*(Ja+(o+o*fa*j));}fn Je(e:f32)->f32{let Q=abs(e);if(Q<1.){let fa=e*e;return e+e*fa*((2.03721912945e-4*fa+8.33028376239e-3)*fa+1.66667160211e-1);}let K=exp(0.5*Q);return sign(e)*(0.5*K*K-0.5/(K*K));}fn Ie(e:f32)->f32{let K=exp(0.5*abs(e));return 0.5*K*K+0.5/(K*K);}fn Xf(e:f32)->f32{let Q=abs(e);if(Q<0.5){let fa=e*e;let j=(2.0122003309e-2*fa-4.2699340972e-2)*fa+7.4847586088e-2;return e+e*fa*(j*fa-1.6666288134e-1);}if(Q>1500.){return sign(e)*(log(Q)+0.69314718);}return sign(e)*log(Q+sqrt(Q*Q+1.));}fn Wf(e:f32)->f32{let Q=e-1.;if(Q<0.5){let j=((1.7596881071e-3*Q-7.5272886713e-3)*Q+2.6454905019e-2)*Q-1.1784741703e-1;return sqrt(Q)*(j*Q+1.4142135263);}if(e>1500.){return log(e)+0.69314718;}return log(e+sqrt(Q*(e+1.)));}fn Yf(e:f32)->f32{let Q=abs(e);if(Q<0.5){let fa=e*e;var j=1.81740078349e-1;j=j*fa+8.24370301058e-2;j=j*fa+1.46691431730e-1;j=j*fa+1.99782164500e-1;return e+e*fa*(j*fa+3.33337300303e-1);}return sign(e)*0.5*log((1.+Q)/(1.-Q));}fn H(e:f32)->f32{if(OPERATION==0u){return xc(e).x;}if(OPERATION==1u){return xc(e).y;}if(OPERATION==2u){let se=xc(e);return se.x/se.y;}if(OPERATION==3u){return Af(e);}if(OPERATION==4u){return zf(e);}if(OPERATION==5u){return Bf(e);}if(OPERATION==6u){return Je(e);}if(OPERATION==7u){return Ie(e);}if(OPERATION==8u){return Xf(e);}if(OPERATION==9u){return Wf(e);}return Yf(e);}fn Ea(e:f32)->f32{if(OPERATION==0u){return xc(e).y;}if(OPERATION==1u){return-xc(e).x;}if(OPERATION==2u){let I=xc(e).y;return 1./(I*I);}if(OPERATION==3u){return 1./sqrt((1.-e)*(1.+e));}if(OPERATION==4u){return-1./sqrt((1.-e)*(1.+e));}if(OPERATION==5u){return 1./(1.+e*e);}if(OPERATION==6u){return Ie(e);}if(OPERATION==7u){return Je(e);}if(OPERATION==8u){return 1./sqrt(1.+e*e);}if(OPERATION==9u){return 1./sqrt((e-1.)*(e+1.));}return 1./((1.-e)*(1.+e));}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=vec4f(H(e.x),H(e.y),H(e.z),H(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=cotangent[g]*vec4f(Ea(e.x),Ea(e.y),Ea(e.z),Ea(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  unary: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn Pf(e:f32)->f32{let Q=abs(e);if(Q<1.){let fa=e*e;var j=7.853861353153693e-5;j=j*fa-8.010193625184903e-4;j=j*fa+5.188327685732524e-3;j=j*fa-2.685381193529856e-2;j=j*fa+1.128358514861418e-1;j=j*fa-3.761262582423300e-1;return e*(j*fa+1.128379165726710);}let d=1./(1.+0.3275911*Q);let j=(((1.061405429*d-1.453152027)*d+1.421413741)*d-0.284496736)*d+0.254829592;return sign(e)*(1.-j*d*exp(-Q*Q));}fn H(e:f32)->f32{if(OPERATION==0u){return max(e,0.);}if(OPERATION==1u){return sizes.alpha*e;}if(OPERATION==2u){return abs(e);}if(OPERATION==3u){return sign(e);}if(OPERATION==4u){return floor(e);}if(OPERATION==5u){return ceil(e);}if(OPERATION==6u){return round(e);}if(OPERATION==7u){return exp(e);}if(OPERATION==8u){return select(log(e),sizes.alpha,e==0.);}if(OPERATION==9u){return sqrt(e);}if(OPERATION==10u){return 1./e;}return Pf(e);}fn Ea(e:f32)->f32{if(OPERATION==0u){return select(0.,1.,e>0.);}if(OPERATION==1u){return sizes.alpha;}if(OPERATION==2u){return sign(e);}if(OPERATION<7u){return 0.;}if(OPERATION==7u){return exp(e);}if(OPERATION==8u){return 1./e;}if(OPERATION==9u){return 0.5/sqrt(e);}if(OPERATION==10u){return-1./(e*e);}return 1.1283791671*exp(-e*e);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=vec4f(H(e.x),H(e.y),H(e.z),H(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=cotangent[g]*vec4f(Ea(e.x),Ea(e.y),Ea(e.z),Ea(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  where: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,conditionStride:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>condition:array<i32>;@group(0)@binding(2)var<storage,read>a:array<u32>;@group(0)@binding(3)var<storage,read>b:array<u32>;@group(0)@binding(4)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)n:vec3u){let g=f.x+f.y*n.x*64u;if(g>=sizes.count){return;}var W=g;var we=0u;var sb=0u;var tb=0u;for(var U=sizes.rank;U>0u;U--){let v=(U-1u)/4u;let i=(U-1u)%4u;let S=sizes.outputSize[v][i];let qa=W%S;W=W/S;we+=qa*sizes.conditionStride[v][i];sb+=qa*sizes.aStride[v][i];tb+=qa*sizes.bStride[v][i];}output[g]=select(b[tb],a[sb],condition[we]!=0);}`,
    uses: { main: [[0, 1, 2, 3, 4]] },
  },
} as const;

/** What each entry point binds, and which uniforms it reads; the key is `file/entryPoint`. */
export interface KernelSignatures {
  'activation/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'activation/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'adam/main': {
    bindings: 'gradient' | 'stepSize' | 'secondCorrection' | 'parameter' | 'firstMoment' | 'secondMoment';
    uniforms: {
      count: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
    };
  };
  'adam/many': {
    bindings: 'gradient' | 'stepSize' | 'secondCorrection' | 'parameter' | 'firstMoment' | 'secondMoment' | 'places';
    uniforms: {
      count: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
    };
  };
  'average-pool/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      padBottom: number;
      padRight: number;
      countPadding: number;
    };
  };
  'average-pool/gradient': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      padBottom: number;
      padRight: number;
      countPadding: number;
    };
  };
  'batch-norm/partialSums': {
    bindings: 'input' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/partialSquares': {
    bindings: 'input' | 'mean' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/combine': {
    bindings: 'output' | 'partials';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/normalize': {
    bindings: 'input' | 'mean' | 'variance' | 'scale' | 'shift' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/tabulate': {
    bindings: 'mean' | 'variance' | 'scale' | 'shift' | 'table';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/partialGradients': {
    bindings: 'input' | 'mean' | 'variance' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/combineGradients': {
    bindings: 'partials' | 'scaleGradient' | 'shiftGradient';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/inputGradient': {
    bindings: 'input' | 'mean' | 'variance' | 'scale' | 'cotangent' | 'output' | 'scaleSums' | 'shiftSums';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/inferenceGradient': {
    bindings: 'variance' | 'scale' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'bias/main': {
    bindings: 'input' | 'bias' | 'output';
    uniforms: {
      segments: number;
      segmentLength: number;
      runLength: number;
      channels: number;
      biasStep: number;
    };
  };
  'binary-integer/main': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'binary/same': {
    bindings: 'a4' | 'b4' | 'output4';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'binary/broadcast': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'compare/main': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'conv2d-depthwise-columns/convolve': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/forward': {
    bindings: 'input' | 'inputVectors' | 'weight' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/forwardVectors': {
    bindings: 'input' | 'inputVectors' | 'weight' | 'outputVectors';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/inputGradient': {
    bindings: 'weight' | 'outputCotangent' | 'cotangentVectors' | 'inputCotangent';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/inputGradientVectors': {
    bindings: 'weight' | 'outputCotangent' | 'cotangentVectors' | 'inputCotangentVectors';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/weightGradient': {
    bindings: 'input' | 'inputVectors' | 'outputCotangent' | 'cotangentVectors' | 'partials';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise/forward': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      flip: number;
    };
  };
  'conv2d-direct/convolve': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      rowsPerStage: number;
      channelsPerStage: number;
    };
  };
  'conv2d-input-gradient/inputGradient': {
    bindings: 'outputCotangent' | 'packed' | 'inputCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/forward': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/inputGradient': {
    bindings: 'weight' | 'outputCotangent' | 'inputCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/weightGradient': {
    bindings: 'input' | 'outputCotangent' | 'weightCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-pack-weights/pack': {
    bindings: 'weight' | 'packed';
    uniforms: {
      outputChannels: number;
      inputChannels: number;
      kernelHeight: number;
      kernelWidth: number;
      groups: number;
    };
  };
  'conv2d-pack-weights/packTransposed': {
    bindings: 'weight' | 'packed';
    uniforms: {
      outputChannels: number;
      inputChannels: number;
      kernelHeight: number;
      kernelWidth: number;
      groups: number;
    };
  };
  'conv2d-tiled/convolve': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      splits: number;
      channelsPerSplit: number;
    };
  };
  'conv2d-weight-gradient-tiled/weightGradient': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      pixelsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradient': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradientPointwise': {
    bindings: 'partials' | 'inputVectors' | 'cotangentVectors';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradientRow': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/singleTap': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/reducePartials': {
    bindings: 'partialSums' | 'weightCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d/forwardRow': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d/forwardPixels': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d/forwardPointwise': {
    bindings: 'packed' | 'inputVectors' | 'outputVectors';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'convert/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      mask: number;
    };
  };
  'copy/copy': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      length: number;
      inner: number;
      inputAxis: number;
      inputStart: number;
      inputStep: number;
      outputAxis: number;
      outputStart: number;
      outputStep: number;
    };
  };
  'copy/fill': {
    bindings: 'output';
    uniforms: {
      count: number;
      length: number;
      inner: number;
      inputAxis: number;
      inputStart: number;
      inputStep: number;
      outputAxis: number;
      outputStart: number;
      outputStep: number;
    };
  };
  'cross-entropy/forward': {
    bindings: 'logits' | 'labels' | 'output';
    uniforms: {
      batch: number;
      classes: number;
    };
  };
  'cross-entropy/gradient': {
    bindings: 'logits' | 'labels' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      classes: number;
    };
  };
  'depth-to-space/toSpace': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      channels: number;
      height: number;
      width: number;
      side: number;
      columnFirst: number;
    };
  };
  'depth-to-space/toDepth': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      channels: number;
      height: number;
      width: number;
      side: number;
      columnFirst: number;
    };
  };
  'draw-maps/partials': {
    bindings: 'maps' | 'partialExtents';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/extent': {
    bindings: 'partialExtents' | 'range';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/tiles': {
    bindings: 'maps' | 'range' | 'table' | 'colours';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/overlay': {
    bindings: 'maps' | 'range' | 'table' | 'colours';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'dropout/main': {
    bindings: 'input' | 'seed' | 'output';
    uniforms: {
      count: number;
      stream: number;
      threshold: number;
      scale: number;
    };
  };
  'flat-indices/fromSwitches': {
    bindings: 'switches' | 'flat';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'flat-indices/scatter': {
    bindings: 'input' | 'output' | 'indices';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'flat-indices/gather': {
    bindings: 'input' | 'output' | 'indices';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'gather-elements/forward': {
    bindings: 'input' | 'indices' | 'output';
    uniforms: {
      count: number;
      rank: number;
      axis: number;
      axisSize: number;
      axisStride: number;
      axisLength: number;
      outputSize: readonly number[]; // 2 x vec4
      otherSize: readonly number[]; // 2 x vec4
      ownStride: readonly number[]; // 2 x vec4
    };
  };
  'gather-elements/gradient': {
    bindings: 'cotangent' | 'indices' | 'sum';
    uniforms: {
      count: number;
      rank: number;
      axis: number;
      axisSize: number;
      axisStride: number;
      axisLength: number;
      outputSize: readonly number[]; // 2 x vec4
      otherSize: readonly number[]; // 2 x vec4
      ownStride: readonly number[]; // 2 x vec4
    };
  };
  'gather/forward': {
    bindings: 'input' | 'indices' | 'output';
    uniforms: {
      count: number;
      inner: number;
      axis: number;
      indexCount: number;
    };
  };
  'gather/gradient': {
    bindings: 'cotangent' | 'indices' | 'sum';
    uniforms: {
      count: number;
      inner: number;
      axis: number;
      indexCount: number;
    };
  };
  'grid-sample/forward': {
    bindings: 'input' | 'grid' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'grid-sample/gridGradient': {
    bindings: 'input' | 'grid' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'grid-sample/inputGradient': {
    bindings: 'grid' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'lp-norm/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      lines: number;
      axis: number;
      inner: number;
      p: number;
    };
  };
  'lp-norm/gradient': {
    bindings: 'input' | 'output' | 'cotangent';
    uniforms: {
      lines: number;
      axis: number;
      inner: number;
      p: number;
    };
  };
  'lp-pool/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      exponent: number;
    };
  };
  'lp-pool/gradient': {
    bindings: 'input' | 'output' | 'norms' | 'cotangent';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      exponent: number;
    };
  };
  'lrn/forward': {
    bindings: 'input' | 'output' | 'scale';
    uniforms: {
      count: number;
      channels: number;
      spatial: number;
      before: number;
      after: number;
      factor: number;
      beta: number;
      bias: number;
    };
  };
  'lrn/gradient': {
    bindings: 'input' | 'output' | 'givenScale' | 'cotangent';
    uniforms: {
      count: number;
      channels: number;
      spatial: number;
      before: number;
      after: number;
      factor: number;
      beta: number;
      bias: number;
    };
  };
  'matmul-naive/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
    };
  };
  'matmul-tiled/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul-tiled/dot': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiplyPacked': {
    bindings: 'c' | 'packedA' | 'packedB';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/packRows': {
    bindings: 'a' | 'packed';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiplyVector': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/reducePartials': {
    bindings: 'c' | 'partials';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'max-pool/maxPool': {
    bindings: 'input' | 'output' | 'switches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'max-pool/unpool': {
    bindings: 'input' | 'output' | 'givenSwitches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'max-pool/poolSwitch': {
    bindings: 'input' | 'output' | 'givenSwitches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'pad/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      inner: number;
      size: number;
      padded: number;
      before: number;
      value: number;
    };
  };
  'pad/gradient': {
    bindings: 'cotangent' | 'sum';
    uniforms: {
      count: number;
      inner: number;
      size: number;
      padded: number;
      before: number;
      value: number;
    };
  };
  'reduce-max-gradient/main': {
    bindings: 'cotangent' | 'positions' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce-product/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      keptRank: number;
      reducedRank: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce-product/gradient': {
    bindings: 'input' | 'output' | 'cotangent';
    uniforms: {
      kept: number;
      reduced: number;
      keptRank: number;
      reducedRank: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/sum': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/extremum': {
    bindings: 'input' | 'output' | 'positions';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/logSumExp': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'resample/main': {
    bindings: 'input' | 'spans' | 'weights' | 'output';
    uniforms: {
      count: number;
      inner: number;
      inputAxis: number;
      outputAxis: number;
      fill: number;
    };
  };
  'row-norm/invert': {
    bindings: 'mean' | 'output' | 'variance';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/plain': {
    bindings: 'input' | 'mean' | 'inverse' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/scaled': {
    bindings: 'input' | 'mean' | 'inverse' | 'scale' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/affine': {
    bindings: 'input' | 'mean' | 'inverse' | 'scale' | 'shift' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'rows/topK': {
    bindings: 'input' | 'values' | 'indices';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/cumSum': {
    bindings: 'input' | 'values';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/hardmax': {
    bindings: 'input' | 'values';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/oneHot': {
    bindings: 'values' | 'givenIndices';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'sgd/main': {
    bindings: 'gradient' | 'learningRate' | 'parameter' | 'velocity';
    uniforms: {
      count: number;
      momentum: number;
      weightDecay: number;
      nesterov: number;
    };
  };
  'sgd/many': {
    bindings: 'gradient' | 'learningRate' | 'parameter' | 'velocity' | 'places';
    uniforms: {
      count: number;
      momentum: number;
      weightDecay: number;
      nesterov: number;
    };
  };
  'softmax/softmax': {
    bindings: 'input' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/logSoftmax': {
    bindings: 'input' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/softmaxGradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/logSoftmaxGradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'strided-copy/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      inputStride: readonly number[]; // 2 x vec4
    };
  };
  'trigonometry/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'trigonometry/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'unary/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'unary/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'where/main': {
    bindings: 'condition' | 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      conditionStride: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
}
